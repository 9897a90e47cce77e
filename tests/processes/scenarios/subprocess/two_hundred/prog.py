# Two hundred children at once, each of which runs a line that no other does.
import subprocess
import sys

COUNT = 200
with open("lines.py", "w") as file:
    file.write("def work(number):\n    total = 0\n")
    for number in range(COUNT):
        file.write(f"    if number == {number}:\n        total += {number}\n")
    file.write("    return total\n")
command = [sys.executable, "-s", "child.py"]
children = [
    subprocess.Popen([*command, str(number)], env={}, stdout=subprocess.PIPE)
    for number in range(COUNT)
]
outputs = [child.communicate()[0] for child in children]
print(sum(map(int, outputs)), {child.returncode for child in children})
