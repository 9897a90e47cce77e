# Comprehensions are part of their function, and their names are not.
# python: >=3.12
def f(xs):
    x = "kept"
    ys = [x for x in xs if x]
    if x == "kept":  # branch: 7 taken, 8 missed
        return ys
    return None  # missed


f([0, 1])
