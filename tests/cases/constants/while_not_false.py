# An endless loop by a test that only the compiler folds.
# python: >=3.11
n = 0
while not False:
    n += 1
    if n > 3:  # branch: 4 taken, 7 taken
        break
done = 1
