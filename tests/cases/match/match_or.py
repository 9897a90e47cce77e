# Alternatives with names.
# python: >=3.11
def f(x):
    match x:
        case [1, y] | [y, 1]:  # branch: 6 taken, 7 taken
            return y
        case {"a": z} | [z]:  # branch: 8 taken, 9 missed
            return z
    return None  # missed


f([2, 1])
f([5])
