# A break and a continue on the lines of their ifs.
# python: >=3.11
for i in range(4):  # branch: 4 taken, exit taken
    if i == 2: continue  # branch: 3 taken, 5 taken
    if i == 9: break  # branch: 6 taken, exit missed
    x = i
