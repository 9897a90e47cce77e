# A handler of groups with an else and a finally.
# python: >=3.11
def f(x):
    try:
        if x:  # branch: 6 taken, 10 taken
            raise ValueError
    except* ValueError:
        y = 1
    else:
        y = 2
    finally:
        z = 3
    return y


f(0)
f(1)
