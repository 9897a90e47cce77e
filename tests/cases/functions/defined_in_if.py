# A function that is defined one way or another.
# python: >=3.11
import sys

if sys.maxsize > 10:  # branch: 6 taken, 9 missed
    def f():
        return "large"
else:
    def f():  # missed
        return "small"  # missed
f()
