# Parts of a condition that are jumped over are no lines.
# python: >=3.11
def f(a, b, c):
    if a and (b or c) or not a and c:  # branch: 5 taken, 7 missed
        x = 1
    else:
        x = 2  # missed
    return x


f(1, 0, 1)
