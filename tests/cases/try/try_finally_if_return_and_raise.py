# The same if in a finally by way of a return and of an exception.
# python: >=3.11
def f(x, text):
    try:
        return int(text)
    finally:
        if x:
            print(end="")


f(1, "1")
try:
    f(0, "x")
except ValueError:
    pass
