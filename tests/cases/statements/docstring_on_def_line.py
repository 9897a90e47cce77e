# The line of a definition with its docstring is a docstring line, so never missing, and no branch.
# python: >=3.11
def f(): "doc"
x = 1
