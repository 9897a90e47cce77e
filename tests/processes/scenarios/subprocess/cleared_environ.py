# The program clears its own environment, by Python and by C, before it starts children.
# platform: linux
import ctypes
import os
import subprocess
import sys

if len(sys.argv) > 1:
    print("child", sys.argv[1], len(os.environ) < 5, flush=True)
    if sys.argv[1] == "python":
        sys.exit(1)
    elif sys.argv[1] == "unset":
        sys.exit(2)
    elif sys.argv[1] == "C":
        sys.exit(3)
    print("never")  # not run
os.environ.clear()
print(subprocess.run([sys.executable, __file__, "python"]).returncode)
for name in list(os.environ):
    del os.environ[name]  # not run
print(subprocess.run([sys.executable, __file__, "unset"], close_fds=False).returncode)
ctypes.CDLL(None).clearenv()
print(subprocess.run([sys.executable, __file__, "C"]).returncode)
