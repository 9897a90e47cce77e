# Indentation by tabs, and by tabs behind blanks.
# python: >=3.11
x = 1
if x:  # branch: 5 taken, exit missed
	y = 1
	if y > 1:  # branch: 7 missed, exit taken
		z = 2  # missed
