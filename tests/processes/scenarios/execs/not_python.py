# The program becomes something that is no Python.
import os

for name in ("first", "second"):
    print(name, flush=True)
    if name == "second":
        os.execvp("sh", ["sh", "-c", "echo no Python; exit 9"])
        print("never")  # not run
