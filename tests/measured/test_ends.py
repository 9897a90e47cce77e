"""However a process ends, all lines that ran before are in the report, and nobody notices us.

Issue 2, "What must hold", 5. Each way to end is tried in a process of `cov run` itself and in a
forked child of it; exit status, signal and all output are compared with the plain run.
"""

from __future__ import annotations

import os
import sys

import pytest
from support.program import LINUX, Program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and fork")

# The end comes in the middle of things: inside a call, a loop and a `with`.
SHELL = """
import os, signal, sys, threading, time

class Guard:
    def __enter__(self):
        return self
    def __exit__(self, *problem):
        {left}

def unused():
    return 1  # not run

def work(n):
    total = 0
    for i in range(n):
        total += i
    return total

print("begins", work(3), flush=True)
try:
    with Guard():
        for step in range(5):
            if step == 3:
                {end}
                print("after the end")  # not run
finally:
    {last}
print("never")  # not run
"""

SKIPPED = "print('cleaning up')  # not run"
CLEANED = "print('cleaning up')"

# name -> (the last statement, whether the clean-up code around it runs)
ENDS = {
    "SIGKILL": ("os.kill(os.getpid(), signal.SIGKILL)", False),
    "SIGTERM": ("os.kill(os.getpid(), signal.SIGTERM)", False),
    "SIGHUP": ("os.kill(os.getpid(), signal.SIGHUP)", False),
    "SIGSEGV sent": ("os.kill(os.getpid(), signal.SIGSEGV)", False),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", False),
    "_exit": ("os._exit(3)", False),
    "abort": ("os.abort()", False),
    "exit of the C library": ("import ctypes; ctypes.CDLL(None).exit(7)", False),
    "_exit of the C library": ("import ctypes; ctypes.CDLL(None)._exit(8)", False),
    "exec of /bin/true": ("os.execv('/bin/true', ['true'])", False),
    "exec of a shell": ("os.execve('/bin/sh', ['sh', '-c', 'echo shell; exit 5'], {})", False),
    "sys.exit 0": ("sys.exit(0)", True),
    "sys.exit 5": ("sys.exit(5)", True),
    "sys.exit with text": ("sys.exit('good bye')", True),
    "exception": ("if step: raise ValueError('no way')", True),
    "chained exceptions": ("{}['key'] if step else None", True),
    "recursion": ("sys.setrecursionlimit(99); deep = lambda: deep(); deep()", True),
    "SIGINT": ("signal.raise_signal(signal.SIGINT)", True),
    "KeyboardInterrupt": ("if step: raise KeyboardInterrupt", True),
    "excepthook": ("sys.excepthook = lambda *what: print('hook', what[1]); int('1 is none')", True),
    "excepthook that exits": ("sys.excepthook = lambda *what: os._exit(9); int('2 is none')", True),
    "excepthook that raises": ("sys.excepthook = lambda *what: 1 / 0; int('3 is none')", True),
    "SIGTERM handled": (
        "signal.signal(15, lambda *what: sys.exit(4)); os.kill(os.getpid(), 15); time.sleep(9)",
        True,
    ),
    "closed streams": ("sys.stdout.close(); sys.stderr.close(); sys.exit(6)", True),
}
ONLY_ON_LINUX = {"exec of /bin/true", "segmentation fault"}

EVERY_END = pytest.mark.parametrize("name", ENDS)


def ending(name: str) -> str:
    """A program that ends that way."""
    if name in ONLY_ON_LINUX and not LINUX:
        pytest.skip("only known of Linux")
    statement, cleans_up = ENDS[name]
    last = CLEANED if cleans_up else SKIPPED
    if name == "closed streams":
        last = "1 + 1; pass"
    return SHELL.format(end=statement, left="pass" if cleans_up else "1  # not run", last=last)


@EVERY_END
def test_all_that_ran_before_the_end_is_reported(name: str, program: Program) -> None:
    program.write("prog.py", ending(name))
    plain = program.plain("prog.py")
    assert program.run("prog.py") == plain
    assert program.missing() == program.marked("prog.py")
    assert program.left_behind() == []


@EVERY_END
def test_all_that_ran_in_a_forked_child_is_reported(name: str, program: Program) -> None:
    program.write("child.py", ending(name))
    program.write(
        "prog.py",
        """
        import os
        pid = os.fork()
        if pid == 0:
            import child
            print("never")  # not run
        _, status = os.waitpid(pid, 0)
        print("child ended with", os.waitstatus_to_exitcode(status))
        """,
    )
    plain = program.plain("prog.py")
    assert "child ended with" in plain.out
    assert program.run("prog.py") == plain
    assert program.missing() == program.marked("child.py", "prog.py")
    assert program.left_behind() == []


@pytest.mark.parametrize("options", [(), ("--branch",), ("--timid", "--branch"), ("-p",)])
def test_a_killed_run_is_reported_whatever_was_measured(
    options: tuple[str, ...], program: Program
) -> None:
    program.write("prog.py", ending("SIGKILL"))
    program.run(*options, "prog.py")
    assert not program.data_file.exists()
    assert len(program.journals()) == 1
    assert program.missing() == program.marked("prog.py")
    assert program.left_behind() == []


def test_the_program_that_is_executed_is_measured_too(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import os, sys
        print("first", flush=True)
        os.execv(sys.executable, [sys.executable, "second.py"])
        print("never")  # not run
        """,
    )
    program.write(
        "second.py",
        """
        import sys
        if len(sys.argv) > 1:
            print("no")  # not run
        print("second")
        """,
    )
    assert program.run("prog.py") == program.plain("prog.py")
    assert program.missing() == program.marked("prog.py", "second.py")
    assert program.left_behind() == []


def test_the_chain_of_executed_programs_may_be_long(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import os, sys
        left = int(sys.argv[1])
        if left:
            os.execv(sys.executable, [sys.executable, "prog.py", str(left - 1)])
        print("at the end")
        """,
    )
    assert program.run("prog.py", "6") == program.plain("prog.py", "6")
    assert program.missing() == program.marked("prog.py")
    assert program.left_behind() == []


AFTER_MAIN = {
    "atexit functions": """
        import atexit
        @atexit.register
        def last():
            if atexit is None:
                print("gone")  # not run
            print("last words")
        """,
    "threads that go on": """
        import threading, time
        def slow():
            threading.main_thread().join()
            print("main has ended")
            time.sleep(0.05)
            print("now the thread has")
        threading.Thread(target=slow).start()
        """,
    "objects that die with the interpreter": """
        class Last:
            def __init__(self):
                self.me = self
            def __del__(self):
                self.me = None
                print("deleted")
        kept = Last()
        """,
    "generators that are closed at the end": """
        def endless():
            try:
                while True:
                    yield 1
            finally:
                print("closed")
        kept = endless()
        next(kept)
        """,
    "a finalizer": """
        import weakref
        class Thing:
            pass
        def gone():
            print("gone")
        kept = Thing()
        kept.finalizer = weakref.finalize(kept, gone)
        """,
    "an atexit function that exits": """
        import atexit, os
        def last():
            print("last words", flush=True)
            os._exit(5)
            print("never")  # not run
        atexit.register(last)
        """,
}


@pytest.mark.parametrize("core", ["", "pytrace"])
@pytest.mark.parametrize("name", AFTER_MAIN)
def test_what_runs_after_the_main_program_is_measured(
    name: str, core: str, program: Program
) -> None:
    # RUN-26 is where coverage.py stops.
    program.write("prog.py", AFTER_MAIN[name])
    env = {"COVERAGE_CORE": core} if core else {}
    assert program.run("prog.py", env=env) == program.plain("prog.py")
    assert program.missing() == program.marked("prog.py")
    assert program.left_behind() == []


def test_a_process_group_that_is_killed_is_reported(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import os, signal, subprocess, sys
        if len(sys.argv) == 1:
            os.setpgrp()
            child = subprocess.Popen([sys.executable, "prog.py", "child"], stdout=subprocess.PIPE)
            child.stdout.readline()
            os.killpg(0, signal.SIGKILL)
        else:
            print("ready", flush=True); signal.pause()
            print("never")  # not run
        """,
    )
    assert program.run("prog.py").code == -9
    assert program.missing() == program.marked("prog.py")


@pytest.mark.skipif(not sys.executable, reason="needs to know itself")
def test_the_user_who_interrupts_a_run_interrupts_the_program_only(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import os, signal
        try:
            os.killpg(0, signal.SIGINT)  # what a terminal sends: to all of the group
        except KeyboardInterrupt:
            print("interrupted")
        """,
    )
    assert program.run("prog.py", start_new_session=True).out == "interrupted\n"
    assert program.missing() == program.marked("prog.py")
    assert program.left_behind() == []
