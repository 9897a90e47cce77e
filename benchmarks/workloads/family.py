"""Start 500 Pythons one after the other, each of which runs a little measured code."""

import pathlib
import subprocess
import sys

pathlib.Path("measured.py").write_text(
    "def parity(number):\n"
    "    if number % 2:\n"
    "        return 'odd'\n"
    "    return 'even'\n"
    "\n"
    "FOUND = [parity(number) for number in range(3)]\n"
)
for _ in range(500):
    subprocess.run([sys.executable, "-c", "import measured"], check=True)
