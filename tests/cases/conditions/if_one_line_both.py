# One-line if and one-line else: the if line leads to the else line or past it.
# python: >=3.11
def f(x):
    if x: a = 1  # branch: 5 missed, 6 taken
    else: a = 2  # missed
    return a


f(1)
f(2)
