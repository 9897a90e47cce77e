# A chain through all functions of the exec family.
import os
import sys

me = sys.executable
folder, name = os.path.split(me)
step = int(sys.argv[1]) if len(sys.argv) > 1 else 0
words = [me, __file__, str(step + 1)]
found = {"PATH": folder, "HOME": "/"}
print("step", step, flush=True)
if step == 0:
    os.execl(me, *words)
elif step == 1:
    os.execle(me, *words, os.environ)
elif step == 2:
    os.environ["PATH"] = folder
    os.execlp(name, *words)
elif step == 3:
    os.execlpe(name, *words, found)
elif step == 4:
    os.execv(me, words)
elif step == 5:
    os.execve(me, words, {"A": "B"})
elif step == 6:
    os.environ["PATH"] = folder
    os.execvp(name, words)
elif step == 7:
    os.execvpe(name, words, found)
elif step == 8:
    os.execve(me, words, {})
elif step == 9:
    os.execve(me.encode(), [word.encode() for word in words], {b"PATH": b"/bin"})
elif step == 10:
    sys.exit(10)
print("never")  # not run
