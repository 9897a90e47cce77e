# pty.spawn starts a program on a terminal; here it is this one.
# platform: linux
import os
import pty
import sys

if len(sys.argv) > 1:
    print("a terminal:", os.isatty(1))
    sys.exit(5)
got = []


def read(descriptor):
    data = os.read(descriptor, 1000)
    got.append(data)
    return data


status = pty.spawn([sys.executable, __file__, "child"], read)
print(os.waitstatus_to_exitcode(status), b"".join(got))
