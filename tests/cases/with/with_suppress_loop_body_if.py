# An exception leaves a condition in a loop, and the loop goes on.
# python: >=3.11
from contextlib import suppress


def f(texts):
    for text in texts:  # branch: 8 taken, exit taken
        with suppress(ValueError):
            if int(text):  # branch: 7 missed, 10 missed
                done = text  # missed


f(["x", "y"])
