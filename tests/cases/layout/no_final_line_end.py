# A file whose last line does not end.
# python: >=3.11
x = 0
if x:  # branch: 5 missed, exit taken
    y = 1  # missed