# A last case with a guard may be left.
# python: >=3.11
def f(x):
    match x:
        case int():  # branch: 6 taken, 7 taken
            return 1
        case _ if x:  # branch: 8 missed, exit taken
            return 2  # missed


f("")
f(1)
