# A loop on one line can only go on behind itself.
# python: >=3.11
n = 3
while n: n -= 1
done = 1
