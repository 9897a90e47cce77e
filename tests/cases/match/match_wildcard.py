# A case that always matches is no branch.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 taken, 7 taken
            y = "one"
        case _:
            y = "other"
    return y


f(1)
f(2)
