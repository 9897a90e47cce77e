# A decorator that raises: the function is not made.
# python: >=3.11
def refuse(f):
    raise ValueError


try:
    @refuse
    def f():
        return 1  # missed
except ValueError:
    f = None
