# Several types in one handler.
# python: >=3.11
for text in ("x", "1"):  # branch: 4 taken, exit taken
    try:
        number = int(text)
    except (
        TypeError,
        ValueError,
    ):
        number = 0
