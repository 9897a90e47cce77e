# Two managers on one line.
# python: >=3.11
from contextlib import nullcontext

with nullcontext(1) as x, nullcontext(2) as y:
    z = x + y
