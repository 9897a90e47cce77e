# The truth of strings, bytes and dots is known.
# python: >=3.11
if "text":
    x = 1
else:
    x = 2  # no code
if b"":
    x = 3  # no code
if ...:
    x = 4
else:
    x = 5  # no code
