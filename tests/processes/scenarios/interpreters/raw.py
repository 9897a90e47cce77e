# Subinterpreters by the raw module: made, used, destroyed, with errors, in threads.
# python: >=3.12
import os
import sys
import threading

if sys.version_info >= (3, 13):
    import _interpreters as interpreters  # not run <3.13
else:
    import _xxsubinterpreters as interpreters  # not run >=3.13

CODE = f"""
import sys
sys.path.insert(0, {os.getcwd()!r})
import inside
inside.work(WORD)
"""


def use(word):
    number = interpreters.create()
    run(number, CODE.replace("WORD", repr(word)))
    run(number, CODE.replace("WORD", "'again'"))
    interpreters.destroy(number)


def run(number, code):
    if sys.version_info >= (3, 13):
        interpreters.exec(number, code)  # not run <3.13
    else:
        interpreters.run_string(number, code)  # not run >=3.13


with open("inside.py", "w") as file:
    file.write(
        "def work(word):\n"
        "    if word == 'main':\n        return 1\n"
        "    if word == 'again':\n        return 2\n"
        "    if word == 'thread':\n        return 3\n"
        "    return 4  # not " + "run\n"
    )
use("main")
thread = threading.Thread(target=use, args=("thread",))
thread.start()
thread.join()
print(len(interpreters.list_all()))
left = interpreters.create()
run(left, CODE.replace("WORD", "'main'"))
print("one is left at the end")
