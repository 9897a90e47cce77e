# Functions and classes in blocks that are dropped are dropped, too.
# (Code objects of such ones may be there, depending on the constants that are needed.)
# python: >=3.11
if 0:
    def f():  # no code
        return 1  # no code

    @f  # no code
    class C:  # no code
        def g(self):  # no code
            return lambda: 2  # no code
x = 1


def h(x):
    return x
    def k():  # no code
        return 3  # no code
    return 4  # no code


h(2)
