# A loop in a finally comes to its end while an exception passes through.
# python: >=3.11
def f(x):
    try:
        y = 1 // x
    finally:
        for i in range(2):  # branch: 8 taken, exit taken
            x = i


try:
    f(0)
except ZeroDivisionError:
    pass
