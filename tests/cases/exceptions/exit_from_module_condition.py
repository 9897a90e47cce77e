# An exception leaves a condition at module level, and is handled there.
# python: >=3.11
def boom():
    raise ValueError


try:
    if boom():  # branch: 9 missed, exit missed
        x = 1  # missed
except ValueError:
    x = 2
