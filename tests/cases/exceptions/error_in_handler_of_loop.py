# A handler in a loop that raises at last.
# python: >=3.11
def f(xs):
    for x in xs:  # branch: 5 taken, 11 taken
        try:
            y = 1 // x
        except ZeroDivisionError:
            if len(xs) > 1:  # branch: 9 taken, 10 taken
                raise
            y = 0
    return y


f([0])
try:
    f([0, 1])
except ZeroDivisionError:
    pass
