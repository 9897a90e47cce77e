# Conditional expressions of constants.
# python: >=3.11
x = 1 if True else undefined
y = undefined if 0 else 2
