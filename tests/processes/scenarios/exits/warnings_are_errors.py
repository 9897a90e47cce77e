# A warning that -W makes an error, in the program and at its end.
# flags: -W error
import atexit
import warnings


def last():
    warnings.warn("at the end", UserWarning, stacklevel=1)
    print("never")  # not run


atexit.register(last)
try:
    warnings.warn("caught", DeprecationWarning, stacklevel=1)
    print("never")  # not run
except DeprecationWarning as problem:
    print("caught", problem)
warnings.warn("not caught", UserWarning, stacklevel=1)
print("never")  # not run
