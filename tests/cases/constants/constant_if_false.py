# The line of a constant test stays a statement when its body is dropped.
# python: >=3.11
if 0:
    a = 1  # no code
if None:
    a = 2  # no code
if False:
    a = 3  # no code
else:
    b = 1
if not __debug__:
    a = 4  # no code
c = 1
