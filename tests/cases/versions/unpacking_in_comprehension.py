# Stars in comprehensions (PEP 798).
# python: >=3.15
rows = [[1, 2], [3]]
flat = [*row for row in rows]
merged = {
    **d
    for d in ({"a": 1}, {"b": 2})
}
