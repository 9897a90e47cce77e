# A match at the end of a finally, while an exception passes through; its last case ends with a
# conditional expression, whose end stands on no line. (On 3.11 what raises the exception again
# stands on the line of that case.)
# python: >=3.11
def f(x):
    try:
        int("x")
    finally:
        match x:
            case 1:  # branch: 11 taken, 12 missed
                y = 1
            case other:  # missed
                str(x) if other else repr(x)  # missed


try:
    f(1)
except ValueError:
    pass
