# A with on one line.
# python: >=3.11
from contextlib import nullcontext

with nullcontext(1) as x: y = x
z = y
