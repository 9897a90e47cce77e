# A negated condition.
# python: >=3.11
n = 0
while not n > 1:  # branch: 5 taken, exit taken
    n += 1
