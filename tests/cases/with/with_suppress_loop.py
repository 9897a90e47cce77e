# An exception is swallowed in a loop, which goes on.
# python: >=3.11
from contextlib import suppress

for text in ("x", "1"):  # branch: 6 taken, exit taken
    with suppress(ValueError):
        number = int(text)
        done = number
