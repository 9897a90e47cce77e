# The body is on the loop's line, the else below.
# python: >=3.11
for x in (1, 2): y = x
else:
    z = 1
done = 1
