# A loop over nothing.
# python: >=3.11
for i in []:  # branch: 4 missed, 5 taken
    x = i  # missed
done = 1
