# A loop that ends a with: its way out leaves the with.
# python: >=3.11
from contextlib import nullcontext


def f(items):
    with nullcontext():
        for item in items:  # branch: 9 missed, 10 taken
            x = item  # missed
    return items


f([])
