# Unpacking in the head of a loop.
# python: >=3.11
total = 0
for a, (b, *rest) in [(1, (2, 3, 4))]:  # branch: 5 taken, exit taken
    total += a + b + len(rest)
