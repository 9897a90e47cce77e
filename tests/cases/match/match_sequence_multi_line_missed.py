# The same pattern, which never matches.
# python: >=3.11
def f(x):
    match x:
        case [  # branch: 11 missed, 12 taken
            1,
            a,
            2,
            b,
        ]:
            return a + b  # missed
        case _:
            return None


f([1, 5, 3, 4])
