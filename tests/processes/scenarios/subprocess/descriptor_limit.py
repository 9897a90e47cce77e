# Children with few descriptors left, a small stack, little memory, no more processes than needed.
# platform: linux
import os
import resource
import subprocess
import sys


def child(word):
    if word == "descriptors":
        taken = []
        try:
            while True:
                taken.append(os.dup(0))
        except OSError as problem:
            after(problem)
        os.closerange(taken[0], taken[-1] + 1)
        print("taken", len(taken) > 10, flush=True)
    elif word == "memory":
        try:
            bytearray(10**10)
            print("never")  # not run
        except MemoryError:
            print("no memory", flush=True)
    elif word == "core":
        os.abort()
    return 3


def after(problem):
    print(problem.strerror, flush=True)


def limit(word):
    if word == "descriptors":
        resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
    elif word == "memory":
        resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9))
    elif word == "core":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if len(sys.argv) > 1:
    limit(sys.argv[1])
    sys.exit(child(sys.argv[1]))
for word in ("descriptors", "memory", "core"):
    print(word, subprocess.run([sys.executable, __file__, word], env={}).returncode, flush=True)
