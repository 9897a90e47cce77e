# The program changes its working directory, and imports and starts things by relative names.
import os
import subprocess
import sys

sys.path.insert(0, "")
os.chdir("below")
import here

print(here.where())
print(subprocess.run([sys.executable, "here.py"]).returncode)
print(subprocess.run([sys.executable, "../prog2.py"], env={}).returncode)
os.chdir("/")
pid = os.fork()
if pid == 0:
    print(here.other(), flush=True)
    os._exit(0)
os.waitpid(pid, 0)
