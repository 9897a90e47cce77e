# A lambda as an attribute.
# python: >=3.11
class C:
    f = lambda self: self
    g = staticmethod(
        lambda: 1
    )


C().f()
