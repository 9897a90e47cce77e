# A name bound in a condition.
# python: >=3.11
import re

found = 0
for text in ("a1", "b"):  # branch: 7 taken, exit taken
    if (match := re.search(r"\d", text)) is not None:  # branch: 6 taken, 8 taken
        found += int(match[0])
