# A daemon of the classic kind: two forks, setsid, other cwd, all descriptors closed.
import fcntl
import os
import resource
import sys
import time


def daemon(where):
    if os.fork():
        os._exit(0)
    os.setsid()
    if os.fork():
        os._exit(0)
    os.chdir("/")
    os.umask(0)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(0, min(most, 4096))
    for _ in range(3):
        os.open(os.devnull, os.O_RDWR)
    work(where)
    os._exit(0)


def work(where):
    print("nobody reads this")
    with open(os.path.join(where, "lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open(os.path.join(where, "daemon.txt"), "w") as file:
            file.write("the daemon was here")
        time.sleep(0.05)
        late()


def late():
    sys.stdout.flush()
    assert os.getsid(0) != session


session = os.getsid(0)
pid = os.fork()
if pid == 0:
    daemon(os.getcwd())
os.waitpid(pid, 0)
while not os.path.exists("daemon.txt"):
    time.sleep(0.01)  # either
with open("lock") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
print(open("daemon.txt").read())
