# A program that restarts itself when its code has changed, as development servers do.
# changes: state.py
import os
import sys

import state

print("version", state.VERSION, flush=True)
if state.VERSION < 3:
    with open("state.py", "w") as file:
        file.write(f"VERSION = {state.VERSION + 1}\n# version {'*' * state.VERSION}\n")
    os.execv(sys.executable, [sys.executable, "-B", *sys.argv])
    print("never")  # not run
print("done")
