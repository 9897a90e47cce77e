# Inner and outer ifs at the end of a function leave it from both lines.
# python: >=3.11
def f(a, b):
    if a:  # branch: 5 taken, exit taken
        if b:  # branch: 6 taken, exit missed
            print(end="")


f(0, 0)
f(1, 1)
