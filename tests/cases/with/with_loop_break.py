# Both ways out of a loop leave the with.
# python: >=3.11
from contextlib import nullcontext


def f(items):
    with nullcontext():
        for item in items:  # branch: 9 taken, 11 missed
            if item:  # branch: 8 missed, 10 taken
                break
    return items


f([1])
