# sys.exit with everything it takes: numbers, None, text, other objects.
import subprocess
import sys

VALUES = [0, 5, 255, 259, -1, None, True, "some text", (1, 2), 2.5, ""]


def leave(value):
    try:
        sys.exit(value)
        print("never")  # not run
    finally:
        print("cleaned up")


if len(sys.argv) == 1:
    for number in range(len(VALUES)):
        done = subprocess.run(
            [sys.executable, __file__, str(number)], capture_output=True, text=True
        )
        print(VALUES[number], done.returncode, done.stdout.strip(), done.stderr.strip())
    sys.exit("the parent, too")
leave(VALUES[int(sys.argv[1])])
print("never")  # not run
