# The built-in rule is for an if only, and for the bare name.
# python: >=3.11
TYPE_CHECKING = False
x = 0
if not TYPE_CHECKING:  # branch: 6 taken, 7 missed
    x = 1
if x == 2:  # branch: 8 missed, 9 taken
    x = 3  # missed
elif TYPE_CHECKING:  # branch: 10 missed, exit taken
    x = 4  # missed
