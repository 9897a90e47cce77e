# break, continue and return lead where they say, whatever finally does in between.
# python: >=3.11
def f(n):
    out = []
    for i in range(n):  # branch: 6 taken, 16 taken
        try:
            if i == 0:  # branch: 8 taken, 9 taken
                continue
            if i == 2:  # branch: 10 taken, 11 taken
                break
            if i == 7:  # branch: 12 missed, 13 taken
                return out  # missed
            out.append(i)
        finally:
            out.append(-1)
    return out


f(1)
f(4)
