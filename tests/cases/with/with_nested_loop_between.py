# A loop between two withs.
# python: >=3.11
from contextlib import nullcontext

with nullcontext():
    for x in (0, 1):  # branch: 7 taken, 10 taken
        with nullcontext():
            if x:  # branch: 6 taken, 9 taken
                y = x
    z = 1
