"""Start Pythons that run nothing of ours, one after the other, and tell what each of them cost."""

import resource
import subprocess
import sys
import time


def spent():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


COUNT = 10
cpu, wall = spent(), time.perf_counter()
for _ in range(COUNT):
    subprocess.run([sys.executable, "-c", "pass"], check=True)
wall, cpu = time.perf_counter() - wall, spent() - cpu
print(f"seconds each: wall {wall / COUNT:.6f} cpu {cpu / COUNT:.6f}")
