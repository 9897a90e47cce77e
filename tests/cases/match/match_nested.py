# A match in a case.
# python: >=3.11
def f(x, y):
    match x:
        case 1:  # branch: 6 taken, 11 taken
            match y:
                case 1:  # branch: 8 taken, 9 missed
                    return "both"
                case _:  # missed
                    return "first"  # missed
        case _:
            return "none"


f(1, 1)
f(2, 1)
