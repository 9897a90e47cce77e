# A loop that always breaks never reaches its else.
# python: >=3.11
for i in [1, 2]:  # branch: 4 taken, 7 missed
    if i == 2:  # branch: 3 taken, 5 taken
        break
else:
    x = 1  # missed
done = 1
