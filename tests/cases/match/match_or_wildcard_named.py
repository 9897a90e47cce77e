# Nothing gets past alternatives that end in a wildcard, whatever they are called.
# python: >=3.11
def f(x):
    match x:
        case 0:  # branch: 6 taken, 7 taken
            y = 0
        case (1 | _) as y:
            y += 1
    return y


f(0)
f(2)
