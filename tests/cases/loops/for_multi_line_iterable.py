# What is iterated stands on several lines.
# python: >=3.11
total = 0
for x in (  # branch: 8 taken, exit taken
    1,
    2,
):
    total += x
