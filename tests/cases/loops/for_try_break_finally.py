# A break passes through a finally.
# python: >=3.11
for x in (1, 2):  # branch: 4 taken, 9 missed
    try:
        if x == 1:  # branch: 6 taken, 8 missed
            break
    finally:
        y = x
done = 1
