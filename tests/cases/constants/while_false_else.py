# A loop that is never entered runs its else.
# python: >=3.11
while 0:
    x = 1  # no code
else:
    x = 2
y = 3
