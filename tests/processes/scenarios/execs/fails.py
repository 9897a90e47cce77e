# exec fails, in several ways, and the program goes on.
import os
import sys

TRIES = [
    lambda: os.execv("no/such/program", ["x"]),
    lambda: os.execve("/", ["x"], {}),
    lambda: os.execvp("no-such-program-anywhere", ["x"]),
    lambda: os.execv(sys.executable, []),
    lambda: os.execve(sys.executable, ["x"], {"a=b": "c"}),
    lambda: os.execve(sys.executable, ["x"], {"a": 5}),
    lambda: os.execve(sys.executable, ["x"], None),
    lambda: os.execve(sys.executable, ["x\0y"], {}),
    lambda: os.execl(sys.executable),
]
for number, attempt in enumerate(TRIES):
    try:
        attempt()
        print("never")  # not run
    except Exception as problem:
        print(number, type(problem).__name__, problem)
print("goes on")
