# The break stands in an else.
# python: >=3.11
for i in range(5):  # branch: 4 taken, exit missed
    if i < 2:  # branch: 5 taken, 7 taken
        x = i
    else:
        break
