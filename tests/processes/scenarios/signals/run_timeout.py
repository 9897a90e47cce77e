# subprocess.run kills a child that takes too long.
import subprocess
import sys
import time


def child():
    print("begins", flush=True); time.sleep(30)
    print("never")  # not run


if len(sys.argv) > 1:
    child()
try:
    process = subprocess.Popen([sys.executable, __file__, "child"], stdout=subprocess.PIPE)
    print(process.stdout.readline())
    process.wait(timeout=0.01)
    print("never")  # not run
except subprocess.TimeoutExpired:
    process.kill()
    print("killed", process.wait())
command = [sys.executable, "-c", "import time; time.sleep(30)"]
try:
    subprocess.run(command, timeout=0.2)
    print("never")  # not run
except subprocess.TimeoutExpired as problem:
    print(type(problem).__name__)
