# A working directory that nothing can be written to.
import os
import stat
import subprocess
import sys

with open("child.py", "w") as file:
    file.write("import os\n\nprint('child', len(os.listdir('.')))\nos._exit(5)\n")
child = os.path.abspath("child.py")
os.mkdir("closed")
os.chmod("closed", stat.S_IRUSR | stat.S_IXUSR)
os.chdir("closed")
for env in (None, {}):
    print(subprocess.run([sys.executable, child], env=env).returncode)
print(os.listdir("."))
pid = os.fork()
if pid == 0:
    print("forked", flush=True)
    os._exit(0)
os.waitpid(pid, 0)
os.chdir("..")
os.chmod("closed", stat.S_IRWXU)
