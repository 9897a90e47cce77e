# Several statements behind the colon.
# python: >=3.11
for x in (1, 2): y = x; z = y
done = 1
