# A form feed in an indentation begins it anew.
# python: >=3.11
x = 1
if x:  # branch: 5 taken, exit missed
    y = 1
    z = 2
