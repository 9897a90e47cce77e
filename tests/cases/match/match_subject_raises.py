# The subject raises: no case was tried.
# python: >=3.11
def f(x):
    match 1 // x:
        case 1:  # missed; branch: 6 missed, 7 missed
            return 1  # missed
        case _:  # missed
            return 2  # missed


try:
    f(0)
except ZeroDivisionError:
    pass
