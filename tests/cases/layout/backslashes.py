# Lines joined by backslashes are one statement; its marks stand above it.
# python: >=3.11
x = 1 + \
    2
# below: branch: 8 taken, 9 missed
if x and \
        x > 1:
    y = 1
assert x, \
    "no"
