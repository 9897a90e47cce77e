# A loop at the end of the body goes on in the finally.
# python: >=3.11
def f(n):
    try:
        while n:  # branch: 6 taken, 8 taken
            n -= 1
    finally:
        z = 3


f(1)
