# Groups of exceptions are there on every version.
# python: >=3.11
def f(x):
    try:
        if x:  # branch: 6 taken, 10 taken
            raise ExceptionGroup("", [OSError(), ValueError()])
    except* (OSError, ValueError) as group:
        y = group
    else:
        y = None
    return 1


f(0)
f(1)
