# The interpreter does not know its version when it compiles.
# python: >=3.11
import sys

if sys.version_info >= (3, 11):  # branch: 6 taken, 8 missed
    new = True
else:
    new = False  # missed
