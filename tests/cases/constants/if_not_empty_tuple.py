# The truth of an empty tuple is known up to 3.13.
# python: >=3.11
def f():
    if not ():  # branch: 5 taken, 6 missed on >=3.14
        return 1
    return 2  # no code on <3.14; missed on >=3.14


f()
