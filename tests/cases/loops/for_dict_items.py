# Two names, one loop that ends.
# python: >=3.11
total = {}
for key, value in {"a": 1, "b": 2}.items():  # branch: 5 taken, exit taken
    total[value] = key
