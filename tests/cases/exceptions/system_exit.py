# SystemExit is an exception like others.
# python: >=3.11
import sys


def f(x):
    if x:  # branch: 8 taken, 9 taken
        sys.exit(1)
    return x


f(0)
try:
    f(1)
except SystemExit:
    pass
