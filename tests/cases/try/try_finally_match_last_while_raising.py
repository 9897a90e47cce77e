# A match at the end of a finally, while an exception passes through: the last case is not asked.
# (On 3.11 what raises the exception again stands on the line of that case.)
# python: >=3.11
def f(x):
    try:
        int("x")
    finally:
        match x:
            case 1:  # branch: 10 taken, 11 missed
                y = 1
            case other:  # missed
                y = other  # missed


try:
    f(1)
except ValueError:
    pass
