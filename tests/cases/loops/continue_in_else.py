# A continue in the else of an inner loop continues the outer one.
# python: >=3.11
seen = []
for x in (1, 2):  # branch: 5 taken, exit taken
    for y in ():  # branch: 6 missed, 8 taken
        pass  # missed
    else:
        continue
    seen.append(x)  # no code
