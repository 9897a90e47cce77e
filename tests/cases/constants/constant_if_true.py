# A test that is known beforehand is no branch; what it rules out is no statement.
# python: >=3.11
if True:
    a = 1
else:
    b = 2  # no code
if 1:
    a = 2
if not False:
    a = 3
if __debug__:
    a = 4
