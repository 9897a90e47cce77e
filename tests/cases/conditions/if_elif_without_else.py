# The last elif without an else goes on behind the whole chain.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 missed, 6 taken
        a = 1  # missed
    elif x == 2:  # branch: 7 taken, exit taken
        a = 2


f(2)
f(3)
