# A file that begins with a byte order mark.
# python: >=3.11
x = 0
if x:  # branch: 5 missed, 6 taken
    y = 1  # missed
z = 2
