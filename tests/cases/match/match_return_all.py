# Every case returns.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 taken, 7 taken
            return "one"
        case 2:  # branch: 8 missed, 9 taken
            return "two"  # missed
        case _:
            return "many"


f(1)
f(3)
