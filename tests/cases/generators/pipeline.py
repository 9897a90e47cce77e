# Generators that feed each other.
# python: >=3.11
def source(n):
    for i in range(n):  # branch: 5 taken, exit taken
        yield i


def odd(numbers):
    for n in numbers:  # branch: 10 taken, exit taken
        if n % 2:  # branch: 9 taken, 11 taken
            yield n


list(odd(source(4)))
