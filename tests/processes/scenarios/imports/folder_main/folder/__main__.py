import sys

import beside

print(sys.argv[1:], __name__, beside.NAME, sys.path[0].endswith("folder"))
if __spec__ is None:
    print("never")  # not run
sys.exit(3)
