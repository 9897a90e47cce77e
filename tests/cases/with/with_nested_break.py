# A break leaves two withs.
# python: >=3.11
from contextlib import nullcontext

for x in (0, 1, 2):  # branch: 6 taken, exit missed
    with nullcontext():
        with nullcontext():
            if x == 1:  # branch: 9 taken, 10 taken
                break
        y = x
