# A decorated function at the end of a loop.
# python: >=3.11
def mark(f):
    return f


for i in range(2):  # branch: 8 taken, exit taken
    @mark
    def f():
        return 1  # missed
