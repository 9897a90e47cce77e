# Blanks and backslashes at line ends.
# python: >=3.11
x = 0   
if x:     # branch: 5 missed, 7 taken
    y = 1     # missed
   
z = 2   
