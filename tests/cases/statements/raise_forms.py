# raise leads out of a function.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 7 taken
        raise ValueError from None
    else:
        raise KeyError


for x in (0, 1):  # branch: 11 taken, exit taken
    try:
        f(x)
    except (KeyError, ValueError):
        pass
