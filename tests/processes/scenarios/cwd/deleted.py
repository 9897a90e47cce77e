# The working directory is deleted; the program goes on and starts children in it.
import os
import subprocess
import sys

home = os.getcwd()
if len(sys.argv) > 1:
    print("never")  # not run
os.mkdir("gone")
os.chdir("gone")
os.rmdir(os.path.join(home, "gone"))
try:
    os.getcwd()
    print("never")  # not run
except FileNotFoundError as problem:
    print(problem.strerror)
with open(os.path.join(home, "child.py"), "w") as file:
    file.write("import os\n\nprint('child', os.path.exists('.'))\nos._exit(5)\n")
command = [sys.executable, os.path.join(home, "child.py")]
print(subprocess.run(command).returncode)
print(subprocess.run(command, env={}).returncode)
pid = os.fork()
if pid == 0:
    os.chdir("/")
    print("forked", flush=True)
    os._exit(0)
os.waitpid(pid, 0)
print("goes on")
