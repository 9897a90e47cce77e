# A loop on one line has one way on.
# python: >=3.11
n = []
while n: pass
done = 1
