# Stars in the iterable.
# python: >=3.11
xs = [1, 2]
for x in *xs, 3:  # branch: 5 taken, exit taken
    y = x
