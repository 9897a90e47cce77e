# A child of a thread starts threads that fork again, while the parent's threads go on.
import os
import threading
import warnings

warnings.simplefilter("ignore", DeprecationWarning)


def leaf(number):
    total = 0
    for i in range(number):
        total += i
    return total


def forks(depth, codes):
    pid = os.fork()
    if pid == 0:
        try:
            inner = []
            if depth:
                threads = [threading.Thread(target=forks, args=(depth - 1, inner)) for _ in range(2)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
            code = 1 + sum(inner) + leaf(0)
        finally:
            os._exit(code)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


codes = []
threads = [threading.Thread(target=forks, args=(2, codes)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(codes, leaf(3))
if not codes:
    print("never")  # not run
