# A number with a sign.
# python: >=3.11
if -1:  # branch: 4 taken, 6 missed on >=3.14
    x = 1
else:
    x = 2  # no code on <3.14; missed on >=3.14
