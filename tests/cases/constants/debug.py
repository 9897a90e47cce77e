# What only debugging needs is kept without -O.
# python: >=3.11
if __debug__:
    x = 1
else:
    x = 2  # no code
if not __debug__:
    y = 1  # no code
