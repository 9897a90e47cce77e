# Annotations under a condition.
# python: >=3.14
class C:
    if __name__:  # branch: 5 taken, 8 missed
        x: int
        y = 1
    else:
        z: int  # missed
