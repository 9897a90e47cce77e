# One file under several names: symbolic links to a module, to a folder, to the program.
import os
import subprocess
import sys

if not os.path.islink("linked.py"):
    os.symlink("real.py", "linked.py")
    os.symlink("folder", "other")
    os.symlink("prog.py", "again.txt")
    sys.path.append("")
    import linked

    print(linked.work(1))
    import other.module
    import real

    print(real.work(2), other.module.NAME)
    os.unlink("other")
    os.unlink("linked.py")
    print(subprocess.run([sys.executable, "real.py"], env={}).returncode)
    os.unlink("again.txt")
