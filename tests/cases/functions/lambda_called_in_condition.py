# A lambda that is called where it is written.
# python: >=3.11
if (lambda: 0)():  # branch: 4 missed, 5 taken
    x = 1  # missed
y = 2
