# A child closes every descriptor there is, and goes on working for a while.
import os
import sys


def work():
    total = 0
    for number in range(100):
        if number % 2:
            total += number
    return total


pid = os.fork()
if pid == 0:
    os.closerange(0, 4096)
    if work() == 2500:
        os._exit(25)
    os._exit(1)  # not run
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
sys.stdout.flush()
os.closerange(0, 4096)
if work() == 2500:
    os._exit(26)
print("never")  # not run
