# Comprehensions in comprehensions.
# python: >=3.11
rows = [[1, 2], [3]]
flat = [x for row in rows for x in row]
deep = [[x + 1 for x in row if x] for row in rows]
