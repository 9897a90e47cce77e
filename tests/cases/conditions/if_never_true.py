# An if without else whose condition is false.
# python: >=3.11
x = 0
if x:  # branch: 5 missed, 6 taken
    y = 1  # missed
z = 2
