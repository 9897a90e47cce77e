# A finally that does nothing: one way into it returns, the other goes on behind it.
# python: >=3.11
def f(x):
    try:
        while x: return str(x) if x > 1 else str(0)  # branch: 6 taken, exit missed
    finally: pass
    pass


f(0)
