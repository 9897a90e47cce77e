# Forty interpreters, one after the other and some at once, forks and processes around them.
# python: >=3.13
import os
import subprocess
import sys
import threading

import _interpreters as interpreters

CODE = """
def inner(n):
    if n:
        return inner(n - 1)
    return 0

inner(3)
"""


def many(count):
    for _ in range(count):
        number = interpreters.create()
        interpreters.exec(number, CODE)
        interpreters.destroy(number)


many(20)
threads = [threading.Thread(target=many, args=(5,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
pid = os.fork()
if pid == 0:
    print("child", flush=True)
    os._exit(3)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
number = interpreters.create()
command = [sys.executable, "-c", "print('started inside')"]
interpreters.exec(number, f"import subprocess; subprocess.run({command!r}, env={{}})")
interpreters.destroy(number)
print(len(interpreters.list_all()))
