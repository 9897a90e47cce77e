# Comprehensions and generator expressions are no branches.
# python: >=3.11
a = [x for x in range(3) if x]
b = {x: y for x in range(2) for y in range(2) if x if y}
c = {x for x in ()}
d = list(x for x in range(3) if x > 1)
e = [
    x
    for x in range(3)
    if x
]
if [x for x in a if x > 9]:  # branch: 13 missed, exit taken
    f = 1  # missed
