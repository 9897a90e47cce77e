# A loop whose body always raises never ends by itself.
# python: >=3.11
def f(xs):
    for x in xs:  # branch: 5 taken, 6 missed
        raise ValueError(x)
    return 1  # missed


try:
    f([1])
except ValueError:
    pass
