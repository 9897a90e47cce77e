# Past an if at the end of a function is out of the function.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, exit missed
        y = 1


f(1)
