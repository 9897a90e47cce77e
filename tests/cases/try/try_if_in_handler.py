# A branch in a handler.
# python: >=3.11
def f(x):
    try:
        raise ValueError(x)
    except ValueError as error:
        if error.args[0]:  # branch: 8 taken, 10 missed
            y = 1
        else:
            y = 2  # missed
    return y


f(1)
