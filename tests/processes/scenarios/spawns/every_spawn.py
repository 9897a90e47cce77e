# All functions of the spawn family, waiting and not waiting.
import os
import sys

me = sys.executable
folder, name = os.path.split(me)
found = {"PATH": folder}
os.environ["PATH"] = folder + os.pathsep + os.environ.get("PATH", "")


def child(number):
    if number == 0:
        print("child 0", flush=True)
    elif number == 1:
        print("child 1", flush=True)
    elif number == 2:
        print("child 2", flush=True)
    elif number == 3:
        print("child 3", flush=True)
    elif number == 4:
        print("child 4", flush=True)
    elif number == 5:
        print("child 5", flush=True)
    elif number == 6:
        print("child 6", flush=True)
    elif number == 7:
        print("child 7", flush=True)
    else:
        print("never")  # not run
    sys.exit(number)


def words(number):
    return [me, __file__, str(number)]


if len(sys.argv) > 1:
    child(int(sys.argv[1]))
print(os.spawnl(os.P_WAIT, me, *words(0)), flush=True)
print(os.spawnle(os.P_WAIT, me, *words(1), {}), flush=True)
print(os.spawnlp(os.P_WAIT, name, *words(2)), flush=True)
print(os.spawnlpe(os.P_WAIT, name, *words(3), found), flush=True)
print(os.spawnv(os.P_WAIT, me, words(4)), flush=True)
pid = os.spawnve(os.P_NOWAIT, me, words(5), {"A": "B"})
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
pid = os.spawnvp(os.P_NOWAIT, name, words(6))
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
print(os.spawnvpe(os.P_WAIT, name, words(7), found), flush=True)
print(os.spawnv(os.P_WAIT, "no/such/program", ["x"]))
