# A condition over several lines counts as its first line.
# python: >=3.11
def f(a, b):
    if (  # branch: 8 missed, 9 taken
        a
        and b
    ):
        c = 1  # missed
    return b


f(0, 1)
