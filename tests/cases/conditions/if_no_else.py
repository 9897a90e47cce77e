# An if without else, once true and once false.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 6 taken
        x += 1
    return x


f(0)
f(1)
