# A condition joined by a backslash that is false, and a body joined by one.
# python: >=3.11
x = 0
# below: branch: 8 missed, 10 taken
if x and \
        x > 1:
    # below: missed
    y = x + \
        1
z = 1
