# An if alone in an else is no elif, and has a line of its own.
# python: >=3.11
def f(x):
    if x > 1:  # branch: 5 taken, 7 taken
        return "many"
    else:
        if x:  # branch: 8 taken, 9 missed
            return "one"
    return "none"  # missed


f(1)
f(2)
