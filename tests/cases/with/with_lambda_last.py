# A lambda at the end of a with.
# python: >=3.11
from contextlib import nullcontext

with nullcontext():
    f = lambda x: x or 1
f(0)
