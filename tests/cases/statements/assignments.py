# Assignments to many targets.
# python: >=3.11
a = b = c = 1
a, *b = [1, 2, 3]
(a), [c] = 1, [2]
d = {}
d["x"] = d["y"] = 1
