# A loop on one line that runs has one way on, too.
# python: >=3.11
n = [1, 2]
while n: n.pop()
done = 1
