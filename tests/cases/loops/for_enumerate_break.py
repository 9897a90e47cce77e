# A loop that is left by break at its second round.
# python: >=3.11
for i, x in enumerate("abc"):  # branch: 4 taken, exit missed
    if i:  # branch: 3 taken, 5 taken
        break
