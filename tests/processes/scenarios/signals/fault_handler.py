# faulthandler writes where the program was when it died.
# platform: linux
import ctypes
import faulthandler
import subprocess
import sys


def deep(n):
    if n:
        deep(n - 1)
    ctypes.string_at(0)


if len(sys.argv) > 1:
    faulthandler.enable()
    deep(2)
    print("never")  # not run
done = subprocess.run([sys.executable, __file__, "child"], capture_output=True, text=True)
print(done.returncode)
for line in done.stderr.splitlines():
    if line.startswith("  File") and "prog" not in line:
        print(line)
