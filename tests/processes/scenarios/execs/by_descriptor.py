# exec of an open descriptor.
# platform: linux
import os
import sys

if len(sys.argv) > 1:
    print("second", sys.argv[1])
    sys.exit(4)
descriptor = os.open(os.path.realpath(sys.executable), os.O_RDONLY)
print(os.execve in os.supports_fd, flush=True)
os.execve(descriptor, [sys.executable, __file__, "word"], {})
print("never")  # not run
