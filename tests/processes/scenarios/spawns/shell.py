# subprocess with shell=True: pipelines, background jobs, substitutions, other environments.
import subprocess
import sys


def source():
    for number in range(3):
        print(number)


def middle():
    for line in sys.stdin:
        print(int(line) * 2)


def sink():
    print("sum", sum(map(int, sys.stdin)))


def background():
    print("in the background", flush=True)


if len(sys.argv) > 1:
    globals()[sys.argv[1]]()
    sys.exit(2)
PIPELINE = '"$ME" "$FILE" source | "$ME" "$FILE" middle | "$ME" "$FILE" sink'
for command in (
    PIPELINE,
    '"$ME" "$FILE" background & wait',
    'X=$("$ME" "$FILE" source); echo $X; exit 9',
    'if "$ME" "$FILE" background; then echo yes; else echo no; fi',
    '("$ME" "$FILE" background)',
):
    env = {"ME": sys.executable, "FILE": __file__, "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, env=env)
    print(done.returncode, done.stdout)
