# A class on one line in a function that is never called.
# python: >=3.11
def f():
    class C: pass  # missed; branch: 5 missed, exit missed
    return C  # missed
