# An if behind a decorated method at the end of a class.
# python: >=3.11
def mark(f):
    return f


class C:
    @mark
    def f(self):
        return 1

    if not f:  # branch: 13 missed, exit taken
        x = 1  # missed


C().f()
