# posix_spawn and posix_spawnp, with file actions, signals, and little environment.
import os
import signal
import sys

me = sys.executable
if len(sys.argv) > 1:
    print("child", sys.argv[1], flush=True)
    if sys.argv[1] == "2":
        print("reads", os.read(0, 10))
    if sys.argv[1] == "5":
        print("never")  # not run
    sys.exit(int(sys.argv[1]))


def wait(pid):
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def words(number):
    return [me, __file__, str(number)]


wait(os.posix_spawn(me, words(0), os.environ))
wait(os.posix_spawn(me, words(1), {}))
read, write = os.pipe()
os.write(write, b"text")
actions = [(os.POSIX_SPAWN_DUP2, read, 0), (os.POSIX_SPAWN_CLOSE, write)]
wait(os.posix_spawn(me, words(2), {"LANG": "C"}, file_actions=actions))
os.environ["PATH"] = os.path.dirname(me)
wait(os.posix_spawnp(os.path.basename(me), words(3), {}))
wait(
    os.posix_spawnp(
        os.path.basename(me),
        words(4),
        {b"PATH": b"/bin"},
        setsid=True,
        setsigmask=[signal.SIGUSR1],
        setsigdef=[signal.SIGPIPE],
    )
)
for wrong in ((me, [], {}), ("no/such", ["x"], {}), (me, ["x"], {"a": 1})):
    try:
        os.posix_spawn(*wrong)
        print("never")  # not run
    except Exception as problem:
        print(type(problem).__name__, problem)
