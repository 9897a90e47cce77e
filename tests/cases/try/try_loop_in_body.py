# An exception ends a loop in the body.
# python: >=3.11
numbers = []
try:
    for text in ("1", "x"):  # branch: 6 taken, exit missed
        numbers.append(int(text))
except ValueError:
    numbers.append(0)
