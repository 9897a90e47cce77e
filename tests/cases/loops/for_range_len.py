# A continue at the end of the body.
# python: >=3.11
for i in range(2):  # branch: 4 taken, exit taken
    x = i
    continue
