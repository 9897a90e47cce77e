# A single case that takes everything.
# python: >=3.11
def f(x):
    match x:
        case _:
            y = 1
    return y


f(2)
