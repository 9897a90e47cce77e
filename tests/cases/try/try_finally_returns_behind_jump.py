# Jumps on the lines of their conditions, into a finally that always leaves: each is one way only.
# python: >=3.11
def f1(x):
    try:
        while x: return  # branch: 7 missed, exit taken
    finally:
        return 0


def f2(x):
    try:
        if x: return 1  # branch: 14 missed, exit taken
    finally:
        return 0


def f3(x, y):
    try:
        if x and y: return  # branch: 21 missed, exit taken
    finally:
        return 0


def f4(x, y):
    for _ in x:  # branch: 26 taken, exit missed
        try:
            if x or y: return y  # branch: 29 missed, exit taken
        finally:
            break


def f5(x):
    try:
        if 0 < x < 9: return x  # branch: 36 taken, exit missed
    finally:
        return 0


f1(1)
f2(1)
f3(1, 1)
f4([0], 1)
f5(10)
