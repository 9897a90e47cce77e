# A match at the end of a loop goes back to its head.
# python: >=3.11
seen = []
for x in (1, 2):  # branch: 5 taken, exit taken
    match x:
        case 1:  # branch: 4 taken, 7 taken
            seen.append(x)
