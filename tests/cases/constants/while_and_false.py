# A loop that is never entered, though its condition is asked.
# python: >=3.11
def f(x):
    while x and False:
        x += 1  # no code
    return x


f(1)
