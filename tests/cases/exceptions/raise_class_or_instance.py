# Raising a class, an instance, and the result of a call.
# python: >=3.11
def make():
    return ValueError()


def f(x):
    if x == 1:  # branch: 9 taken, 10 taken
        raise ValueError
    elif x == 2:  # branch: 11 taken, 13 taken
        raise ValueError()
    else:
        raise make()


for x in (1, 2, 3):  # branch: 17 taken, exit taken
    try:
        f(x)
    except ValueError:
        pass
