# The else of a loop runs unless a break goes past it.
# python: >=3.11
def f(n):
    while n:  # branch: 5 taken, 9 taken
        n -= 1
        if n == 5:  # branch: 4 taken, 7 taken
            break
    else:
        n = 100
    return n


f(3)
f(7)
