# A child with a terminal of its own, by os.forkpty.
# platform: linux
import os
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
pid, terminal = os.forkpty()
if pid == 0:
    print("a terminal:", os.isatty(0), flush=True)
    print("read", input())
    raise SystemExit(3)
os.write(terminal, b"hello\n")
text = b""
while True:
    try:
        part = os.read(terminal, 1000)
    except OSError:
        break
    if not part:
        break  # not run
    text += part
print(sorted(text.decode().split("\r\n")))
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
