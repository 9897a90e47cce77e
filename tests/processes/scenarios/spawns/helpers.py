# Python below other programs: env, xargs, nice, timeout, a second shell.
# platform: linux
import subprocess
import sys

if len(sys.argv) > 1:
    print("child", sys.argv[1:], flush=True)
    if sys.argv[1] == "timeout":
        while True:
            pass
    sys.exit(3)
me = [sys.executable, __file__]
for command, text in (
    (["env", "A=B", *me, "env"], ""),
    (["xargs", *me, "xargs"], "one two\nthree\n"),
    (["nice", "-n", "1", *me, "nice"], ""),
    (["timeout", "-s", "KILL", "0.5", *me, "timeout"], ""),
    (["sh", "-c", 'sh -c "$*"', "sh", *me, "shell"], ""),
    (["setsid", "-w", *me, "setsid"], ""),
):
    done = subprocess.run(command, input=text, text=True, stdout=subprocess.PIPE)
    print(command[0], done.returncode, done.stdout)
