# The end of a match is the end of the function.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 missed, 7 taken
            print(end="")  # missed
        case 2:  # branch: 8 taken, exit taken
            print(end="")


f(2)
f(3)
