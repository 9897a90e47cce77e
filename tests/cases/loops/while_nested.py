# A while in a while.
# python: >=3.11
n = 2
while n:  # branch: 5 taken, exit taken
    m = n
    while m:  # branch: 7 taken, 8 taken
        m -= 1
    n -= 1
