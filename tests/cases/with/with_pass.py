# A with around nothing.
# python: >=3.11
from contextlib import nullcontext

with nullcontext():
    pass
done = 1
