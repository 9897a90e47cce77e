# A loop with handlers of groups.
# python: >=3.11
for x in ("1", "x"):  # branch: 4 taken, exit taken
    try:
        y = int(x)
    except* ValueError:
        y = 0
    except* TypeError:
        y = 1  # missed
