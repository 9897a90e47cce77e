# Each case leads to its body or to the next case.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 taken, 7 taken
            y = "one"
        case [a, b]:  # branch: 8 taken, 9 missed
            y = "pair"
        case {"k": v}:  # missed; branch: 10 missed, 11 missed
            y = "map"  # missed
    return x


f(1)
f([1, 2])
