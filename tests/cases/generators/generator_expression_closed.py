# A generator expression that is broken off.
# python: >=3.11
numbers = (x for x in range(4) if x)
for x in numbers:  # branch: 5 taken, 6 missed
    break
numbers.close()
