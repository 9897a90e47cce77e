# A loop over nothing runs its else.
# python: >=3.11
for x in ():  # branch: 4 missed, 6 taken
    y = 1  # missed
else:
    z = 2
