# A name bound in a comprehension is the function's.
# python: >=3.11
def f(xs):
    if any((last := x) > 1 for x in xs):  # branch: 5 taken, 6 missed
        return last
    return None  # missed


f([1, 2])
