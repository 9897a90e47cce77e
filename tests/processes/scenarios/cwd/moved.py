# The folder that the program works in is renamed under its feet.
import os
import subprocess
import sys

with open("child.py", "w") as file:
    file.write("import os\n\nprint('child', os.path.basename(os.getcwd()))\nos._exit(5)\n")
child = os.path.abspath("child.py")
os.mkdir("before")
os.chdir("before")
os.rename("../before", "../after")
print(os.path.basename(os.getcwd()))
for env in (None, {}):
    print(subprocess.run([sys.executable, child], env=env).returncode)
    print(subprocess.run([sys.executable, "../child.py"], env=env).returncode)
if os.path.exists("../before"):
    print("never")  # not run
