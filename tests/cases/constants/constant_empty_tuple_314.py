# An empty tuple is tested when the program runs.
# python: >=3.14
if ():  # branch: 4 missed, 5 taken
    a = 1  # missed
b = 2
