# Ifs in ifs in ifs, each of which was true once and false once.
# python: >=3.11
def f(n):
    if n > 0:  # branch: 5 taken, 12 taken
        if n > 1:  # branch: 6 taken, 11 taken
            if n > 2:  # branch: 7 taken, 10 taken
                if n > 3:  # branch: 8 taken, 9 taken
                    return "many"
                n -= 1
            n -= 1
        n -= 1
    return n


for n in range(5):  # branch: 16 taken, exit taken
    f(n)
