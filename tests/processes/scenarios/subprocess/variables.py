# Children with variables that change how Python starts.
import os
import subprocess
import sys

VARIABLES = [
    "PYTHONPATH=/no/such/folder",
    "PYTHONSAFEPATH=1",
    "PYTHONDEVMODE=1",
    "PYTHONHASHSEED=0",
    "PYTHONWARNINGS=error",
    "PYTHONNOUSERSITE=1",
    "PYTHONUTF8=1",
    "PYTHONOPTIMIZE=2",
    "PYTHONUNBUFFERED=1",
    "PYTHONDONTWRITEBYTECODE=1",
    "PYTHONFAULTHANDLER=1",
    "PYTHONTRACEMALLOC=1",
    "PYTHONIOENCODING=latin-1",
    "PYTHONMALLOC=debug",
    "PYTHONCOERCECLOCALE=0",
    "LC_ALL=C",
    "HOME=/no/such/folder",
    "TZ=Asia/Tokyo",
]


def child(number):
    assert os.environ[VARIABLES[number].partition("=")[0]]
    if number >= len(VARIABLES):
        print("never")  # not run
    print("child", number, sys.flags, sys.stdout.encoding)
    return number


if len(sys.argv) > 1:
    sys.exit(child(int(sys.argv[1])))
for number, variable in enumerate(VARIABLES):
    name, _, value = variable.partition("=")
    done = subprocess.run(
        [sys.executable, __file__, str(number)],
        env={"PATH": os.defpath, name: value},
        capture_output=True,
        text=True,
    )
    print(variable, done.returncode, done.stdout, done.stderr)
