# What is entered is unpacked.
# python: >=3.11
from contextlib import nullcontext

with nullcontext((1, (2, 3))) as (a, (b, c)):
    d = a + b + c
