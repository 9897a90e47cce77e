# Form feeds between and before statements.
# python: >=3.11
x = 0

if x:  # branch: 6 missed, 7 taken
    y = 1  # missed
z = 2
