# A comprehension in a class over several lines.
# python: >=3.11
class C:
    xs = [1, 2]
    ys = [
        x
        for x in xs
        if x > 1
    ]
    if ys:  # branch: 11 taken, exit missed
        z = 1
