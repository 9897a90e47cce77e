# Children in other working directories, found by relative names, importing from there.
import os
import subprocess
import sys

os.makedirs("empty/deep")
for env in (None, {}):
    print(subprocess.run([sys.executable, "main.py"], cwd="inner", env=env).returncode)
    print(subprocess.run([sys.executable, "-m", "main"], cwd="inner", env=env).returncode)
    command = [sys.executable, "../../inner/main.py"]
    print(subprocess.run(command, cwd="empty/deep", env=env).returncode)
    print(subprocess.run([sys.executable, os.path.abspath("inner/main.py")], cwd="/").returncode)
