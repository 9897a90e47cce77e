# A comprehension over several lines in the head of a loop.
# python: >=3.11
for x in [  # branch: 8 taken, exit taken
    y
    for y in range(3)
    if y
]:
    z = x
