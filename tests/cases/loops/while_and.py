# A condition of several parts.
# python: >=3.11
a, b = 2, 5
while a and b > 3:  # branch: 5 taken, exit taken
    a -= 1
    b -= 1
