# Descriptors: passed on, inherited, closed; standard ones closed or sent elsewhere.
import os
import subprocess
import sys


def child(word, number):
    if word == "pass":
        print(os.read(number, 10), flush=True)
    elif word == "inherit":
        print(os.read(number, 10), flush=True)
    elif word == "closed":
        try:
            os.fstat(number)
            print("never")  # not run
        except OSError:
            print("closed", flush=True)
    elif word == "none":
        os.closerange(0, 3)
        work = sum(range(number))
        os._exit(work and 6)
    return 4


if len(sys.argv) > 1:
    sys.exit(child(sys.argv[1], int(sys.argv[2])))
read, write = os.pipe()
os.write(write, b"0123456789" * 2)
me = [sys.executable, __file__]
print(subprocess.run([*me, "pass", str(read)], pass_fds=[read]).returncode, flush=True)
os.set_inheritable(read, True)
print(subprocess.run([*me, "inherit", str(read)], close_fds=False).returncode, flush=True)
print(subprocess.run([*me, "closed", str(read)]).returncode, flush=True)
print(subprocess.run([*me, "none", str(read)], env={}).returncode, flush=True)
with open("out.txt", "w") as file:
    both = {"stdin": subprocess.DEVNULL, "stdout": file, "stderr": subprocess.STDOUT}
    print(subprocess.run([*me, "closed", str(read)], **both).returncode)
print(open("out.txt").read())
