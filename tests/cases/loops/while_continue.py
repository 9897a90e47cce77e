# A continue leads back to the condition.
# python: >=3.11
n = 3
while n:  # branch: 5 taken, exit taken
    n -= 1
    if n == 1:  # branch: 7 taken, 8 taken
        continue
    m = n
