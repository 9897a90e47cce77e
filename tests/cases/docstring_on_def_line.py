# The line of a definition with its docstring is a docstring line, so never missing.
# python: >=3.11
def f(): "doc"  # branch: 4 taken, exit missed
x = 1
