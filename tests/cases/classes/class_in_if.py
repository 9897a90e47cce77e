# A class on one side of an if.
# python: >=3.11
import sys

if sys.maxsize:  # branch: 6 taken, 9 missed
    class C:
        x = 1
else:
    class C:  # missed
        x = 2  # missed
