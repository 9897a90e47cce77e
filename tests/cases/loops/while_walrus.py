# A name bound in the condition of a loop.
# python: >=3.11
values = [1, 2, 0]
total = 0
while (value := values.pop(0)):  # branch: 6 taken, exit taken
    total += value
