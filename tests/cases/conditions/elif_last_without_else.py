# The last elif leads out of the function.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 taken, 6 taken
        print(end="")
    elif x == 2:  # branch: 7 missed, exit taken
        print(end="")  # missed


f(1)
f(3)
