# An exception of the body ends the loop without its way out.
# python: >=3.11
def f():
    for x in (1, 0):  # branch: 5 taken, 6 missed
        y = 1 // x
    return y  # missed


try:
    f()
except ZeroDivisionError:
    pass
