# Names in a sequence over several lines.
# python: >=3.11
def f(x):
    match x:
        case [  # branch: 10 taken, 11 taken
            1,
            a,
            b,
        ]:
            return a + b
        case _:
            return None


f([1, 2, 3])
f([2, 2, 3])
