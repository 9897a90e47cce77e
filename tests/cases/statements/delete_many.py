# Deletions of many things.
# python: >=3.11
a = b = 1
c = [1, 2]
del a, b, c[0]
del (
    c[0],
    c,
)
