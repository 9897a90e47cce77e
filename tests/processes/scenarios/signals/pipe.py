# SIGPIPE with its default action, as command line tools want it.
import signal
import subprocess
import sys

if len(sys.argv) > 1:
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    while True:
        sys.stdout.write("line\n")
process = subprocess.Popen([sys.executable, __file__, "child"], stdout=subprocess.PIPE)
print(process.stdout.readline())
process.stdout.close()
print(process.wait())
