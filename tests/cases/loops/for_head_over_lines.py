# The whole head is written over several lines.
# python: >=3.11
for (  # branch: 9 taken, exit taken
    x,
    y,
) in [
    (1, 2),
]:
    z = x + y
