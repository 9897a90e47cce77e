# Defaults of type parameters are worked out when somebody asks.
# python: >=3.13
class Box[T = undefined]:
    x = 1


def f[T = undefined]():
    return 1


f()
