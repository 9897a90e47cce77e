# A child with an empty environment.
import os
import subprocess
import sys


def child():
    print("child", "HOME" in os.environ, "PATH" in os.environ)
    return 5


if len(sys.argv) > 1:
    sys.exit(child())
print(subprocess.run([sys.executable, __file__, "child"], env={}).returncode)
