# Conditions in slices and arguments are no branches.
# python: >=3.11
def f(*args, **kwargs):
    return args


x = [1, 2, 3]
f(*(x if x else ()), **({} if x else {"a": 1}))
y = x[1 if x else 0:]
