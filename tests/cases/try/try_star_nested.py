# A handler of groups in another.
# python: >=3.11
def f():
    try:
        try:
            int("x")
        except* KeyError:
            x = 1  # missed
    except* ValueError:
        x = 2
    return x


f()
