# The last line of the module is a function on one line: going on means leaving.
# python: >=3.11
x = 1
def f(): return 1  # branch: exit missed
