# A subject over several lines.
# python: >=3.11
def f(x):
    match (
        x,
        1,
    ):
        case [1, 1]:  # branch: 9 taken, 10 taken
            return 1
        case _:
            return 2


f(1)
f(2)
