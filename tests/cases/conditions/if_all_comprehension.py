# A list comprehension with filters as the condition.
# python: >=3.11
def f(xs):
    if [x for x in xs if x if x > 1]:  # branch: 5 taken, 6 taken
        return 1
    return 2


f([1])
f([2])
