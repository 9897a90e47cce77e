# A continue in a handler.
# python: >=3.11
good = 0
for x in (1, 0, 2):  # branch: 5 taken, exit taken
    try:
        y = 1 // x
    except ZeroDivisionError:
        continue
    good += 1
