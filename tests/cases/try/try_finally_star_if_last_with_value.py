# An if at the end of an except*, behind which a value is returned through the finally.
# python: >=3.11
def f(x):
    try:
        return x + 1
    except TypeError:  # missed
        pass  # missed
    finally:
        try:
            [].remove(x)
        except* ValueError:
            if x:  # branch: 13 taken, exit taken
                int(x)


f(0)
f(1)
