# The name behind as is bound on the with's line.
# python: >=3.11
from contextlib import nullcontext

with nullcontext(1) as x:
    y = x
z = y
