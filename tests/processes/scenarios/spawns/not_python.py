# Children that are no Pythons, and some that do not start.
import os
import subprocess

print(subprocess.run(["true"]).returncode)
print(subprocess.run(["sh", "-c", "exit 3"], env={}).returncode)
print(subprocess.check_output(["cat"], input=b"text"))
print(os.waitstatus_to_exitcode(os.system("exit 4")))
for command in (["no-such-program-anywhere"], ["/"], [b"no\xff"]):
    try:
        subprocess.run(command)
        print("never")  # not run
    except OSError as problem:
        print(type(problem).__name__, problem)
try:
    subprocess.run(["true"], cwd="no such folder")
    print("never")  # not run
except FileNotFoundError as problem:
    print(problem)
