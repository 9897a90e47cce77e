# A wildcard whose body is excluded is excluded as well.
# python: >=3.11
def f(x):
    match x:
        case 1:
            y = 1
        case _:  # excluded
            raise AssertionError  # pragma: no cover  # excluded
    return y


f(1)
