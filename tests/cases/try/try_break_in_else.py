# A break in the else of a try.
# python: >=3.11
for text in ("x", "1", "2"):  # branch: 4 taken, exit missed
    try:
        number = int(text)
    except ValueError:
        number = 0
    else:
        break
