# Comprehensions among stars.
# python: >=3.11
xs = [*[x for x in range(2)], *(x for x in range(2))]
ys = {**{x: x for x in xs}}
