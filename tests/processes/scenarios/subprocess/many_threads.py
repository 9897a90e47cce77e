# Threads start children all at once, while others fork.
import concurrent.futures
import os
import subprocess
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
if len(sys.argv) > 1:
    print(int(sys.argv[1]) ** 2)
    sys.exit()


def starts(number):
    command = [sys.executable, __file__, str(number)]
    return int(subprocess.check_output(command, env={} if number % 2 else None))


def forks(number):
    pid = os.fork()
    if pid == 0:
        os._exit(number)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


with concurrent.futures.ThreadPoolExecutor(4) as pool:
    started = pool.map(starts, range(16))
    forked = pool.map(forks, range(16))
    print(sum(started), sum(forked))
