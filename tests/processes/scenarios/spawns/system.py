# os.system: a shell, a Python below it, exit status and signals.
import os
import shlex
import signal
import sys

me = f"{shlex.quote(sys.executable)} {shlex.quote(__file__)}"


def child(word):
    print("child", word, flush=True)
    if word == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    return 4


if len(sys.argv) > 1:
    sys.exit(child(sys.argv[1]))
print(os.waitstatus_to_exitcode(os.system(f"{me} plain")), flush=True)
print(os.waitstatus_to_exitcode(os.system(f"A=B {me} variable; exit 5")), flush=True)
print(os.waitstatus_to_exitcode(os.system(f"exec {me} killed")), flush=True)
print(os.waitstatus_to_exitcode(os.system("no-such-program-anywhere 2>/dev/null")), flush=True)
os.environ.clear()
print(os.waitstatus_to_exitcode(os.system(f"{me} cleared")))
