# A comprehension over several lines as a condition.
# python: >=3.11
def f(xs):
    if [  # branch: 9 taken, 10 taken
        x
        for x in xs
        if x
    ]:
        return 1
    return 2


f([0])
f([1])
