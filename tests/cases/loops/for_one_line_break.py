# A loop with its break on one line has one way on.
# python: >=3.11
for x in (1, 2): break
y = 1
