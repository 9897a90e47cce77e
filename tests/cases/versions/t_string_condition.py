# A template as a condition.
# python: >=3.14
name = "x"
if t"{name}":  # branch: 5 taken, 7 missed
    x = 1
else:
    x = 2  # missed
