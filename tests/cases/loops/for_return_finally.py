# A return in a loop passes through a finally.
# python: >=3.11
def f():
    for x in (1, 2):  # branch: 5 taken, exit missed
        try:
            return x
        finally:
            y = x


f()
