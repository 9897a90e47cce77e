# A return from a handler that binds a name.
# python: >=3.11
def f(x):
    try:
        return 1 // x
    except ZeroDivisionError as error:
        return str(error)


f(0)
f(1)
