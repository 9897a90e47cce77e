# A continue in a finally swallows the exception.
# python: >=3.11
for x in (1, 0):  # branch: 4 taken, 8 taken
    try:
        y = 1 // x
    finally:
        continue
done = 1
