# A default value raises: the function does not come to be.
# python: >=3.11
try:
    def f(x=1 // 0):
        return x  # missed
except ZeroDivisionError:
    f = None
