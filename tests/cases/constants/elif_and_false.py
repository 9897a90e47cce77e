# A clause whose body is dropped leads on to the next one only.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 missed, 6 taken
        y = 1  # missed
    elif x and False:
        y = 2  # no code
    elif x == 3:  # branch: 9 taken, 11 taken
        y = 3
    else:
        y = 4
    return y


f(3)
f(4)
