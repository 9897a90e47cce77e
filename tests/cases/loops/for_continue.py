# continue leads to the loop's head.
# python: >=3.11
total = 0
for i in range(4):  # branch: 5 taken, exit taken
    if i % 2:  # branch: 6 taken, 7 taken
        continue
    total += i
