# A try in a case.
# python: >=3.11
def f(x):
    match x:
        case str():  # branch: 6 taken, 10 missed
            try:
                return int(x)
            except ValueError:
                return 0
        case _:  # missed
            return x  # missed


f("1")
f("x")
