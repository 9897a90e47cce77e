# An endless loop spelled with a number, left by return.
# python: >=3.11
def f(n):
    while 1:
        n += 1
        if n > 5:  # branch: 7 taken, 8 taken
            return n
        if n > 9:  # branch: 4 taken, 9 missed
            continue  # missed


f(1)
