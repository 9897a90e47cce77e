# A child that is stopped, continued, and then killed while it is stopped.
import os
import signal
import subprocess
import sys

if len(sys.argv) > 1:
    print("ready", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
    print("continued", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
    print("never")  # not run
process = subprocess.Popen([sys.executable, __file__, "child"], stdout=subprocess.PIPE)
_, status = os.waitpid(process.pid, os.WUNTRACED)
print(os.WIFSTOPPED(status), process.stdout.readline())
process.send_signal(signal.SIGCONT)
print(process.stdout.readline())
_, status = os.waitpid(process.pid, os.WUNTRACED)
print(os.WIFSTOPPED(status))
process.kill()
print(process.wait())
