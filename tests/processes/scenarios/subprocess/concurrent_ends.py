# Children end at the same moment in different ways, their parent is killed meanwhile.
import os
import signal
import subprocess
import sys
import time

ENDS = ("exit", "signal", "_exit", "exception")


def end(how):
    if how == "exit":
        sys.exit(3)
    elif how == "signal":
        os.kill(os.getpid(), signal.SIGTERM)
    elif how == "_exit":
        os._exit(4)
    elif how == "exception":
        os.close(2)
        raise LookupError(how)
    elif how == "middle":
        children = [subprocess.Popen([sys.executable, __file__, "orphan"], env={}) for _ in range(2)]
        print(len(children), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "orphan":
        os.close(1)
        time.sleep(0.05)
        sys.exit(0)
    print("never")  # not run


if len(sys.argv) > 1:
    end(sys.argv[1])
children = [subprocess.Popen([sys.executable, __file__, how], env={}) for how in ENDS * 3]
print([child.wait() for child in children], flush=True)
print(subprocess.call([sys.executable, __file__, "middle"], env={}))
