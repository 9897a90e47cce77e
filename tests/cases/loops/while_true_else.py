# The else of an endless loop is dropped, and no way leads past the loop but break.
# python: >=3.11
n = 0
while True:
    n += 1
    if n > 2:  # branch: 4 taken, 7 taken
        break
else:
    n = 10  # no code
done = 1
