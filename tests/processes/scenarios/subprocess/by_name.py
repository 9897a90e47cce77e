# The interpreter is found in PATH, by a symbolic link, by a relative name.
import os
import subprocess
import sys

folder, name = os.path.split(sys.executable)
if len(sys.argv) > 1:
    print("child", sys.argv[1], sys.prefix == sys.argv[2], flush=True)
    sys.exit(4 if len(sys.argv) > 2 else 5)
rest = [__file__, "child", sys.prefix]
print(subprocess.run([name, *rest], env={"PATH": folder}).returncode, flush=True)
os.environ["PATH"] = folder + os.pathsep + os.environ.get("PATH", "")
print(subprocess.run([name, *rest]).returncode, flush=True)
relative = os.path.relpath(sys.executable)
print(subprocess.run([relative, *rest], env={}).returncode, flush=True)
print(subprocess.run(f"exec {name} {__file__} child '{sys.prefix}'", shell=True).returncode)
