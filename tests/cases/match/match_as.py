# Names for parts of a pattern.
# python: >=3.11
def f(x):
    match x:
        case [1 as one, (2 | 3) as more]:  # branch: 6 taken, 7 taken
            return one, more
        case [*_] as whole:  # branch: 8 taken, exit missed
            return whole


f([1, 3])
f([])
