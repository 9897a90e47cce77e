# A loop whose condition is false from the start.
# python: >=3.11
n = 0
while n:  # branch: 5 missed, 6 taken
    n -= 1  # missed
done = 1
