# Endless loops in one another.
# python: >=3.11
n = 0
while True:
    while True:
        n += 1
        if n % 2:  # branch: 5 taken, 8 taken
            break
    if n > 2:  # branch: 4 taken, 10 taken
        break
