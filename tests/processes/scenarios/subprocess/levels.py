# Six levels deep, each with another environment.
import os
import subprocess
import sys

level = int(sys.argv[1]) if len(sys.argv) > 1 else 0
command = [sys.executable, __file__, str(level + 1)]
if level == 0:
    code = subprocess.run(command).returncode
elif level == 1:
    code = subprocess.run(command, env={}).returncode
elif level == 2:
    code = subprocess.run([command[0], "-I", *command[1:]], env={"PATH": os.defpath}).returncode
elif level == 3:
    code = os.spawnve(os.P_WAIT, command[0], command, {})
elif level == 4:
    os.environ.clear()
    code = subprocess.call(command, close_fds=False)
elif level == 5:
    os.execve(command[0], command, {})
    print("never")  # not run
else:
    print("the innermost")
    code = 0
print("level", level, "got", code)
sys.exit(code + 1)
