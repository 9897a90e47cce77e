# A while that is left by its break only.
# python: >=3.11
n = 3
while n:  # branch: 5 taken, exit missed
    n -= 1
    if n == 1:  # branch: 4 taken, 7 taken
        break
