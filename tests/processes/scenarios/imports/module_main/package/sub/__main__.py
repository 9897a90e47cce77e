import sys

from . import above

if __name__ != "__main__":
    print("never")  # not run
print(sys.argv[1:], above, __spec__.name)
