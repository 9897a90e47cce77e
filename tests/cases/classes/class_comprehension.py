# Comprehensions in a class see its first iterable.
# python: >=3.11
class C:
    xs = [1, 2]
    ys = [x for x in xs]
    zs = {
        x: x
        for x in xs
        if x
    }
