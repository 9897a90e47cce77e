# An endless loop by way of a string.
# python: >=3.11
n = 0
while "forever":
    n += 1
    if n:  # branch: 4 missed, 7 taken
        break
else:
    n = 5  # no code
done = 1
