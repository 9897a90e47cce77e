# What can be worked out beforehand.
# python: >=3.11
if 2 - 2:  # branch: 4 missed, 6 taken on >=3.14
    x = 1  # no code on <3.14; missed on >=3.14
else:
    x = 2
