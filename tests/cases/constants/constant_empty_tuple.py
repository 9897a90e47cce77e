# An empty tuple is tested as a constant by the compiler.
# python: >=3.11,<3.14
if ():
    a = 1  # no code
b = 2
