# A loop whose condition ends it.
# python: >=3.11
n = 3
while n:  # branch: 5 taken, 6 taken
    n -= 1
done = 1
