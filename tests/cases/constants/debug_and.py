# A condition beside __debug__.
# python: >=3.11
def f(x):
    if __debug__ and x:  # branch: 5 missed, 6 taken
        return 1  # missed
    return 2


f(0)
