# preexec_fn, sessions, groups, umask, another argv[0], start from a thread, communicate.
import os
import signal
import subprocess
import sys
import threading
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
prepared = []


def prepare():
    os.environ["PREPARED"] = "yes"
    prepared.append(1)
    os.nice(1)


def child(word):
    print("child", word, sys.stdin.read() if word == "talks" else "", flush=True)
    if word == "session":
        assert os.getsid(0) == os.getpid()
    elif word == "group":
        assert os.getpgid(0) == os.getpid()
    elif word == "mask":
        print(oct(os.umask(0)))
    elif word == "prepared":
        print(signal.getsignal(signal.SIGPIPE) == signal.SIG_IGN)
    return 3


def start(word, **how):
    done = subprocess.run([sys.executable, __file__, word], stdout=subprocess.PIPE, **how)
    print(word, done.returncode, done.stdout)


if len(sys.argv) > 1:
    sys.exit(child(sys.argv[1]))
start("prepared", preexec_fn=prepare, env={})
start("session", start_new_session=True, env={})
start("group", process_group=0, env={})
start("mask", umask=0o27, env={})
start("name", executable=sys.executable, env={})
start("talks", input=b"text", env={})
thread = threading.Thread(target=start, args=("thread",), kwargs={"env": {}})
thread.start()
thread.join()
print(prepared)
try:
    subprocess.check_output([sys.executable, __file__, "checked"], env={})
    print("never")  # not run
except subprocess.CalledProcessError as problem:
    print(problem.returncode, problem.output)
