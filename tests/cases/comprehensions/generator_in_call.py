# A generator expression as the only argument.
# python: >=3.11
def f(numbers, n=0):
    for number in numbers:  # branch: 5 taken, 8 taken
        n += number
        if n > 2:  # branch: 4 taken, 7 taken
            return n
    return n


f(x for x in range(9))
f((x for x in ()), 1)
