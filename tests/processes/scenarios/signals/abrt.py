# SIGABRT that a process sends to itself.
import os
import signal

for number in range(3):
    if number == 2:
        os.kill(os.getpid(), signal.SIGABRT)
        print("never")  # not run
    print("round", number, flush=True)
