# Each side ends on its own.
# python: >=3.11
seen = []
for i in range(3):  # branch: 5 taken, exit taken
    if i:  # branch: 6 taken, 9 taken
        seen.append(i)
        continue
    else:
        seen.append(-1)
    seen.append(0)
