# A chain ends where a condition is always true, though it is asked.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 taken, 6 taken
        y = 1
    elif x or True:
        y = 2
    return y


f(1)
f(2)
