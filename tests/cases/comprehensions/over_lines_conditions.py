# Conditions of a comprehension over several lines.
# python: >=3.11
found = [
    x
    for x in range(6)
    if x % 2
    if x > 1
    if (
        x < 5
        or x == 9
    )
]
