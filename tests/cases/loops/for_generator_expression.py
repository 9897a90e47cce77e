# A loop over a generator expression, whose conditions do not count.
# python: >=3.11
total = 0
for x in (y for y in range(4) if y % 2):  # branch: 5 taken, exit taken
    total += x
