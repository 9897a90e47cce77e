# A loop that ends by itself runs its else.
# python: >=3.11
for i in [1, 2]:  # branch: 4 taken, 7 taken
    if i == 3:  # branch: 3 taken, 5 missed
        break  # missed
else:
    x = 1
done = 1
