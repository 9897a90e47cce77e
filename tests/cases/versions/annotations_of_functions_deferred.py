# What annotations say is not worked out.
# python: >=3.14
def f(x: undefined) -> undefined:
    return x


class C:
    x: undefined  # no code
    y: undefined = 1


z: undefined
f(1)
