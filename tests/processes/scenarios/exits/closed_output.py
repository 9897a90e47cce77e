# Output that cannot be flushed at the end gives exit status 120; a reader that goes away, too.
import os
import subprocess
import sys

if len(sys.argv) == 1:
    done = subprocess.run([sys.executable, __file__, "closed"], stdout=subprocess.PIPE)
    print("closed", done.returncode)
    process = subprocess.Popen(
        [sys.executable, __file__, "pipe"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    print("pipe", process.stderr.read().splitlines()[-1:], process.wait())
elif sys.argv[1] == "closed":
    print("lost")
    os.close(1)
    os.close(2)
else:
    while True:
        print("x" * 4096)
