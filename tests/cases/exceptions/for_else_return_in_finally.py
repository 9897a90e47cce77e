# A loop in a try, a return in its finally.
# python: >=3.11
def f(xs):
    try:
        for x in xs:  # branch: 6 taken, 8 taken
            y = 1 // x
    finally:
        return 1


f([1])
f([0])
