# A guard over several lines.
# python: >=3.11
def f(x):
    match x:
        case [a, b] if (  # branch: 9 taken, 10 taken
            a
            and b
        ):
            return a
        case _:
            return None


f([1, 1])
f([1, 0])
