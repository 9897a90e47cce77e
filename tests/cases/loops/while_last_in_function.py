# The way out of the function is the condition's end.
# python: >=3.11
def f(n):
    while n:  # branch: 5 taken, exit taken
        n -= 1


f(2)
