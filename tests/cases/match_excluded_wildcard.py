# A wildcard whose body is excluded is excluded as well.
# python: >=3.11
def f(x):
    match x:
        case 1:
            y = 1
        case _:
            raise AssertionError  # pragma: no cover
    return y


f(1)
