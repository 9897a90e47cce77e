# fchdir, a child with another working directory each, and relative names in sys.path.
import os
import subprocess
import sys

folders = [f"folder{number}" for number in range(3)]
for number, folder in enumerate(folders):
    os.mkdir(folder)
    with open(os.path.join(folder, "local.py"), "w") as file:
        file.write(f"def name():\n    return {folder!r}\n")
command = [sys.executable, "-c", "import local; print(local.name())"]
for folder in folders:
    print(subprocess.check_output(command, cwd=folder, env={}))
here = os.open(".", os.O_RDONLY)
os.chdir("folder1")
os.fchdir(here)
print(os.path.exists("folder1"))
