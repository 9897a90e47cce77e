# A continue passes through a finally.
# python: >=3.11
for x in (1, 2):  # branch: 4 taken, exit taken
    try:
        if x == 1:  # branch: 6 taken, 7 taken
            continue
        y = x
    finally:
        z = x
