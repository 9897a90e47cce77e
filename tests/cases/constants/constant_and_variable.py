# `x and False` is known to the compiler, not to the branch model.
# python: >=3.11
x = 1
if x and False:
    a = 1  # no code
b = 2
