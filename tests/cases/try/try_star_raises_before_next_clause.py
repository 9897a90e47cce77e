# A condition in an except* clause raises: no way leads from it to the next clause, or out.
# python: >=3.11
def f(x):
    try:
        int("x")
    except* ValueError:
        if x.y:  # branch: 8 missed, exit missed
            x = 1  # missed
    except* KeyError:
        if x:  # branch: 11 missed, exit missed; missed
            x = 2  # missed


def g(x):
    try:
        int("x")
    except* ValueError:
        for y in x:  # branch: 19 taken, exit missed
            y += 1


def counts():
    yield 1
    raise KeyError


for function, x in ((f, 0), (g, counts())):  # branch: 28 taken, exit taken
    try:
        function(x)
    except Exception:
        pass
