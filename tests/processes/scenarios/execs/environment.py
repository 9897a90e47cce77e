# The new program's environment is what it was given, nothing more that it can see.
import os
import sys

mine = {"PATH": "/bin:/usr/bin", "ONE": "1", "LC_CTYPE": "C.UTF-8"}
if len(sys.argv) == 1:
    print("given", sorted(mine), flush=True)
    os.execve(sys.executable, [sys.executable, __file__, "child"], mine)
    print("never")  # not run
print(os.environ["ONE"], "HOME" in os.environ)
print("mapping untouched", sorted(mine) == ["LC_CTYPE", "ONE", "PATH"])
