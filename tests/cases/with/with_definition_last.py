# A function defined at the end of a with.
# python: >=3.11
from contextlib import nullcontext

with nullcontext():
    def f(x):
        if x:  # branch: 8 taken, exit missed
            return 1
f(1)
