# A while that is never entered runs its else.
# python: >=3.11
while []:  # branch: 4 missed, 6 taken
    x = 1  # missed
else:
    y = 1
