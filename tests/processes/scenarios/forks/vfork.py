# subprocess without anything that keeps it from vfork or posix_spawn.
import subprocess
import sys

if len(sys.argv) > 1:
    print("child", sys.argv[1])
    sys.exit(int(sys.argv[1]))
for number, how in enumerate([{}, {"close_fds": False}, {"restore_signals": False}]):
    command = [sys.executable, __file__, str(number)]
    done = subprocess.run(command, stdout=subprocess.PIPE, **how)
    print(done.returncode, done.stdout)
