# An if at the end of a with, at the end of a class.
# python: >=3.11
from contextlib import nullcontext


class C:
    with nullcontext(0) as x:
        if x:  # branch: 9 missed, exit taken
            y = 1  # missed
