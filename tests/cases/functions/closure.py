# An inner function that outlives the outer one.
# python: >=3.11
def counter():
    n = 0

    def count():
        nonlocal n
        n += 1
        return n

    return count


count = counter()
count()
