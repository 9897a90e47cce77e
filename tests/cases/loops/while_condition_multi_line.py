# A condition written over several lines.
# python: >=3.11
a = b = 2
while (  # branch: 8 taken, exit taken
    a
    and b
):
    a -= 1
