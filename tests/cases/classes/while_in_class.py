# A while in a class.
# python: >=3.11
class C:
    n = 2
    while n:  # branch: 6 taken, exit taken
        n -= 1
