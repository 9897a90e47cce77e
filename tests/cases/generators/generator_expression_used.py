# A generator expression whose function is never left early.
# python: >=3.11
total = sum(
    x
    for x in range(4)
    if x % 2
    if x
)
