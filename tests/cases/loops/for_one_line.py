# A loop on one line is no branch.
# python: >=3.11
for i in range(3): x = i
done = 1
