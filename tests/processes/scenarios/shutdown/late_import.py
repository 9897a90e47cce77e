# Code that imports, starts threads and processes, and opens files while all is ending.
import atexit
import subprocess
import sys


@atexit.register
def last():
    import late

    print(late.work(2))
    command = [sys.executable, "-c", "import late; print(late.work(1))"]
    print(subprocess.run(command, env={}, stdout=subprocess.PIPE).stdout)


class AtTheEnd:
    def __del__(self):
        try:
            with open("end.txt", "w") as file:
                file.write("end")  # either
        except NameError:  # either
            pass  # either
        self.work = 3


with open("late.py", "w") as file:
    file.write("def work(n):\n    if n == 1:\n        return 'one'\n    return 'other'\n")
kept = AtTheEnd()
print("done", flush=True)
