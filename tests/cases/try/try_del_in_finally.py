# A finally that deletes.
# python: >=3.11
def f():
    x = 1
    try:
        return x
    finally:
        del x


f()
