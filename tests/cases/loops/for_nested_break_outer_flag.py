# A flag carries the break outwards.
# python: >=3.11
stop = False
for i in range(3):  # branch: 5 taken, exit missed
    for j in range(3):  # branch: 6 taken, 9 missed
        if j == 1:  # branch: 5 taken, 7 taken
            stop = True
            break
    if stop:  # branch: 4 missed, 10 taken
        break
