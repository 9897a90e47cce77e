# A with in the body of a class.
# python: >=3.11
from contextlib import nullcontext


class C:
    with nullcontext(1) as x:
        y = x
