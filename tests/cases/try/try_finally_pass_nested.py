# A finally that only passes: in a finally, behind a handler with a name, and after a return.
# (On 3.11 what the compiler adds there stands in the place of the pass.)
# python: >=3.11
def f():
    try:
        x = 1
    finally:
        try:
            x = 2
        except ValueError:  # missed
            return x  # missed
        finally: pass


def g():
    try:
        int("x")
    except ValueError as error:
        try:
            x = error
        except TypeError as error:  # missed
            x = 2  # missed
        finally:
            pass


def h():
    for x in "a":  # branch: 29 taken, exit missed
        try:
            return [x]
        finally:
            pass


f()
g()
h()
