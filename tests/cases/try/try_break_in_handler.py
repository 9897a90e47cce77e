# A break in a handler.
# python: >=3.11
for text in ("1", "x", "2"):  # branch: 4 taken, exit missed
    try:
        number = int(text)
    except ValueError:
        break
    done = number
