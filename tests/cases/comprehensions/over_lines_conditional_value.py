# A conditional value in a comprehension over several lines.
# python: >=3.11
signs = {
    x: (
        "even"
        if x % 2 == 0
        else "odd"
    )
    for x in range(3)
}
