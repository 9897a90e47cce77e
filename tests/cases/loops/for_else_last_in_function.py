# The else is the last of the function.
# python: >=3.11
def f(xs):
    for x in xs:  # branch: 5 taken, 8 missed
        if x:  # branch: 4 missed, 6 taken
            break
    else:
        print(end="")  # missed


f([1])
