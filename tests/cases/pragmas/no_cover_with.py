# The pragma on a with takes out its body.
# python: >=3.11
from contextlib import nullcontext

with nullcontext():  # pragma: no cover  # excluded
    x = 1  # excluded
y = 2
