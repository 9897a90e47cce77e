# A body of pass below its condition.
# python: >=3.11
values = [0, 1]
while values.pop():  # branch: 5 taken, exit taken
    pass
