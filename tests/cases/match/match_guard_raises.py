# A guard raises: its case went neither way.
# python: >=3.11
def f(x):
    match x:
        case int() if 1 // x:  # branch: 6 missed, 7 missed
            return 1  # missed
        case _:  # missed
            return 2  # missed


try:
    f(0)
except ZeroDivisionError:
    pass
