# A try with a condition at its end, at the end of a handler with a name: its except does not run.
# (On 3.11 the name is deleted on the line of the inner except.)
# python: >=3.11
def f(x):
    try:
        int("x")
    except ValueError as error:
        try:
            if (x and
                error): x = 1
        except TypeError:  # missed
            x = 2  # missed


f(0)
