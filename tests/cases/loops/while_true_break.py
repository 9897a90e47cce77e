# Out of an endless loop leads only a break.
# python: >=3.11
n = 0
while True:
    n += 1
    if n > 2:  # branch: 4 taken, 7 taken
        break
done = 1
