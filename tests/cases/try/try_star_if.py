# An if in a handler of groups.
# python: >=3.11
def f(x):
    try:
        int("x")
    except* ValueError as group:
        if x:  # branch: 8 missed, 9 taken
            y = len(group.exceptions)  # missed
    return x


f(0)
