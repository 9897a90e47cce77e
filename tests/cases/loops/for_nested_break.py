# A break leaves the inner loop only.
# python: >=3.11
for i in range(2):  # branch: 4 taken, 8 taken
    for j in range(3):  # branch: 5 taken, 7 missed
        if j == 1:  # branch: 4 taken, 6 taken
            break
    k = i
done = 1
