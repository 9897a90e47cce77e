# A loop's condition raises, and the handler is in the same function.
# python: >=3.11
def f(values):
    try:
        while values.pop():  # branch: 6 taken, 9 missed
            x = 1
    except IndexError:
        return 1
    return 2  # missed


f([1])
