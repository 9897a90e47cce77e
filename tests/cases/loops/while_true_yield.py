# A generator without an end.
# python: >=3.11
def count():
    n = 0
    while True:
        yield n
        n += 1


numbers = count()
next(numbers), next(numbers)
