# The value of a return is kept while its finally runs.
# python: >=3.11
def f():
    try:
        return 1
    finally:
        y = 2


f()
