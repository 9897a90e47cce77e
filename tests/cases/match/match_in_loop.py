# Cases with break and continue.
# python: >=3.11
seen = []
for x in (1, 2, 3, 4):  # branch: 5 taken, exit missed
    match x:
        case 1:  # branch: 7 taken, 8 taken
            continue
        case 3:  # branch: 9 taken, 10 taken
            break
        case _:
            seen.append(x)
    seen.append(-x)
