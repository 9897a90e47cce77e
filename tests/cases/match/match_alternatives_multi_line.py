# Alternatives over several lines.
# python: >=3.11
def f(x):
    match x:
        case (  # branch: 10 taken, 11 taken
            1
            | 2
            | [3, *_]
        ):
            return "known"
        case _:
            return "unknown"


f(2)
f([3])
f(4)
