# The last statement of a function is a class.
# python: >=3.11
def f():
    class C:
        x = 1


f()
