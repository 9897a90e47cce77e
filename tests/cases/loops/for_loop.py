# A loop over something.
# python: >=3.11
for i in [1, 2]:  # branch: 4 taken, 5 taken
    x = i
done = 1
