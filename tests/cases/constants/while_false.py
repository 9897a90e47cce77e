# A loop that is never entered.
# python: >=3.11
while False:
    x = 1  # no code
y = 2
