# An endless loop with continue.
# python: >=3.11
n = 0
while True:
    n += 1
    if n < 3:  # branch: 7 taken, 8 taken
        continue
    break
