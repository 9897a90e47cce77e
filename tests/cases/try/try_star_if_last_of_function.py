# Conditions at the very end of an except* clause at the end of a function: they leave the function.
# (3.11 has instructions on the line of the clause there.)
# python: >=3.11
def f(x):
    try:
        int("x")
    except* ValueError:
        if x:  # branch: 9 missed, exit taken
            y = 1  # missed


def g(x):
    try:
        int("x")
    except* ValueError:
        for y in x:  # branch: 17 missed, exit taken
            y += 1  # missed


def h(x):
    try:
        int("x")
    except* ValueError:
        match x:
            case 1:  # branch: 26 missed, exit taken
                y = 1  # missed


f(0)
g(())
h(2)
