# A name with a guard does not match everything.
# python: >=3.11
def f(x):
    match x:
        case y if y > 1:  # branch: 6 taken, 7 taken
            return y
    return 0


f(1)
f(2)
