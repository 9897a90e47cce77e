# A try around a bare annotation ends a finally, while an exception passes through. (On 3.11 only
# what raises the exception again stands on the line of the try.)
# python: >=3.11
def directly(name):
    try:
        int(name)
    finally:
        try:
            value: int  # no code
        except ValueError:  # missed
            pass  # missed


def behind_a_condition(name):
    try:
        int(name)
    finally:
        name and str(name)
        try:
            value: int  # no code
        except ValueError:  # missed
            pass  # missed


try:
    directly("x")
except ValueError:
    pass
try:
    behind_a_condition("x")
except ValueError:
    pass
