# A comprehension that raises half way.
# python: >=3.11
def f(xs):
    ys = [
        1 // x
        for x in xs
    ]
    return ys  # missed


try:
    f([1, 0])
except ZeroDivisionError:
    pass
