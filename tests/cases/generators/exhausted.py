# A generator that comes to its end.
# python: >=3.11
def numbers(n):
    for i in range(n):  # branch: 5 taken, exit taken
        yield i


list(numbers(2))
