# A loop in a handler.
# python: >=3.11
try:
    int("x")
except ValueError:
    for x in (1, 2):  # branch: 7 taken, exit taken
        y = x
