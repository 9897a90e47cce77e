# A function that is defined in a handler.
# python: >=3.11
try:
    int("x")
except ValueError:
    def f():
        return 1
f()
