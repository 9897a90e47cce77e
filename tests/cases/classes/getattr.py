# Attributes that are looked for in vain.
# python: >=3.11
class C:
    def __getattr__(self, name):
        if name == "x":  # branch: 6 taken, 7 taken
            return 1
        raise AttributeError(name)


hasattr(C(), "x"), hasattr(C(), "y")
