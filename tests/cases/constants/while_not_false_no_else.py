# An endless loop without True.
# python: >=3.11
n = 0
while not False:
    n += 1
    if n > 2:  # branch: 4 taken, 7 taken
        break
