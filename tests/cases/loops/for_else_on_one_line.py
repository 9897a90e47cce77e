# The else has its statement beside it.
# python: >=3.11
for x in (1, 2):  # branch: 4 taken, 5 taken
    y = x
else: z = 1
