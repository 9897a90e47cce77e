# A child without site, which imports site itself and asks for it.
import subprocess
import sys

with open("later.py", "w") as file:
    file.write("def work(n):\n    return n + 1\n")
code = "import site; site.main(); import later; print(later.work(3)); raise SystemExit(3)"
print(subprocess.run([sys.executable, "-S", "-c", code]).returncode)
