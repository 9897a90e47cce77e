# Post-mortem debugging of an exception.
# unknown: <3.12
# stdin: p value
# stdin: up
# stdin: list 19,21
# stdin: quit
import pdb
import sys


def fails(value):
    if value:
        raise ValueError("on purpose")
    return 0  # not run


try:
    fails(5)
    print("never")  # not run
except ValueError:
    pdb.post_mortem(sys.exc_info()[2])
print("afterwards")  # either <3.12
