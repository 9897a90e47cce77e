# Patterns of sequences, with and without a star.
# python: >=3.11
def f(x):
    match x:
        case []:  # branch: 6 taken, 7 taken
            return "empty"
        case [one]:  # branch: 8 missed, 9 taken
            return one  # missed
        case [first, *_, last]:  # branch: 10 taken, exit missed
            return first + last


f([])
f([1, 2, 3])
