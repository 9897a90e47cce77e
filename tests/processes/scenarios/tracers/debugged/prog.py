# Programs under `python -m pdb`, which is told what to do on standard input.
# unknown: <3.12
import subprocess
import sys

INPUT = """
break work
continue
where
step
next
p total
return
clear 1
up
continue
quit
"""
for words in (["program.py"], ["-c", "continue", "program.py", "word"], ["-m", "program"]):
    command = [sys.executable, "-m", "pdb", *words]
    done = subprocess.run(command, input=INPUT, env={}, capture_output=True, text=True)
    print(words, done.returncode, done.stdout, done.stderr)
    if "program.py" not in done.stdout + done.stderr:
        print("never")  # not run
