# Children ended by each deadly signal, in the middle of their work.
import signal
import subprocess
import sys
import time

SIGNALS = ["SIGTERM", "SIGKILL", "SIGHUP", "SIGINT", "SIGUSR1", "SIGABRT", "SIGQUIT", "SIGSEGV"]


def work():
    sys.stderr.close()
    # Not pause(), which would wait for ever if the interrupt came right before it.
    print("ready", flush=True); any(time.sleep(0.1) for _ in range(999))
    print("never")  # not run


if len(sys.argv) > 1:
    work()
for name in SIGNALS:
    process = subprocess.Popen([sys.executable, __file__, "child"], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(getattr(signal, name))
    print(name, process.wait(), process.stdout.read())
