# Pythons without site cannot be measured: the ledger has them, and says why.
# silent: runs without site
# silent: runs without site
# silent: runs without site
# silent: runs without site
# silent: runs without site
import os
import subprocess
import sys

for words in (["-S"], ["-I", "-S"], ["-ES"]):
    print(subprocess.run([sys.executable, *words, "child.py"], env={}).returncode, flush=True)
pid = os.fork()
if pid == 0:
    os.execve(sys.executable, [sys.executable, "-S", "child.py"], {})
    print("never")  # not run
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
print(os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-BS", "child.py"]), flush=True)
print(subprocess.run([sys.executable, "other.py", "-S"], env={}).returncode)
