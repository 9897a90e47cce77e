# A single case with two ways.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 taken, 7 missed
            return 1
    return 2  # missed


f(1)
