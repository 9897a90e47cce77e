# A with of several items within another.
# python: >=3.11
from contextlib import nullcontext

with nullcontext() as a, nullcontext() as b:
    with nullcontext() as c, nullcontext() as d:
        e = 1
f = 2
