# The line of a constant test stays a statement when its body is dropped.
# python: >=3.11
if 0:
    a = 1
if None:
    a = 2
if False:
    a = 3
else:
    b = 1
if not __debug__:
    a = 4
c = 1
