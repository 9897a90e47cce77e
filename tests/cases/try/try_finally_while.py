# A while in a finally.
# python: >=3.11
def f(n):
    try:
        return 1
    finally:
        while n:
            n -= 1


f(2)
