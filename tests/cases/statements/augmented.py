# Augmented assignments to names, items and attributes.
# python: >=3.11
class C:
    x = 1


x = [1]
x[0] += 1
C.x -= 1
x *= 2
