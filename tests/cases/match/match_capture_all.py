# A name takes everything, so its case has one way.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 missed, 7 taken
            return 1  # missed
        case other:
            return other


f(2)
