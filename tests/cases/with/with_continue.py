# A continue leaves a with.
# python: >=3.11
from contextlib import nullcontext

for x in (0, 1):  # branch: 6 taken, exit taken
    with nullcontext():
        if x:  # branch: 8 taken, 9 taken
            continue
        y = x
    z = x
