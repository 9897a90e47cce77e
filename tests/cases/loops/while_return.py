# A return inside leaves the function; the condition never became false.
# python: >=3.11
def f(n):
    while n:  # branch: 5 taken, 8 missed
        n += 1
        if n > 3:  # branch: 4 taken, 7 taken
            return n
    return None  # missed


f(1)
