# Modules whose files are deleted or replaced after the import; one that only exists compiled.
import os
import py_compile
import sys

with open("gone.py", "w") as file:
    file.write("def work(n):\n    return n * 2\n")
with open("replaced.py", "w") as file:
    file.write("def work(n):\n    return n * 3\n")
with open("compiled.py", "w") as file:
    file.write("def work(n):\n    return n * 4\n")
py_compile.compile("compiled.py", "compiled.pyc")
os.unlink("compiled.py")
sys.path.insert(0, "")
import compiled
import gone
import replaced

os.unlink("gone.py")
with open("replaced.tmp", "w") as file:
    file.write("def work(n):\n    return n * 5\n")
os.replace("replaced.tmp", "replaced.py")
print(gone.work(1), replaced.work(1), compiled.work(1))
try:
    del sys.modules["gone"]
    import gone

    print("never")  # not run
except ImportError as problem:
    print(problem)
