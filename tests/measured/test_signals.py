"""`sigterm` and `--save-signal`: data is saved at a signal, and the program does not notice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from support.program import VARIABLE, Outcome, Program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")

PATIENCE = 20.0


def config(program: Program, *lines: str) -> None:
    program.write("setup.cfg", "\n".join(["[coverage:run]", *lines]) + "\n")


def saved(program: Program, previous: int = 0) -> int:
    """Wait until the data file has been written (anew): when that was."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if program.data_file.exists():
            now = program.data_file.stat().st_mtime_ns
            if now > previous:
                return now
        time.sleep(0.01)
    raise AssertionError("no data was saved")


class Running:
    """`cov run words`, which has written its first line, "ready"."""

    def __init__(self, program: Program, *words: str) -> None:
        env = {name: value for name, value in os.environ.items() if name != VARIABLE}
        command = [sys.executable, "-m", "cov_cli", "run", *words]
        self.process = subprocess.Popen(
            command,
            cwd=program.root,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Running:
        assert self.read() == "ready\n"
        return self

    def __exit__(self, *problem: object) -> None:
        with self.process:
            self.process.kill()

    def read(self) -> str:
        """The next line of output."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def write(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def finish(self) -> tuple[int, str]:
        """Close its input: its exit status, and the rest of the output."""
        out, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out


DIES = """
import os, signal, sys, time
print(signal.getsignal(signal.SIGTERM), flush=True)
{before}
os.kill(os.getpid(), signal.SIGTERM); time.sleep(9)
print("never")  # not run
"""


def test_sigterm_saves_the_data_and_kills_as_ever(program: Program) -> None:
    config(program, "sigterm = true")
    program.write("prog.py", DIES.format(before="1 + 1"))
    plain = program.plain("prog.py")
    assert (plain.code, plain.err) == (-signal.SIGTERM, "")
    assert program.run("prog.py") == plain
    assert program.data_file.exists()
    assert program.missing() == program.marked("prog.py")
    assert program.left_behind() == []


def test_without_the_setting_the_next_report_saves_it(program: Program) -> None:
    program.write("prog.py", DIES.format(before="1 + 1"))
    assert program.run("prog.py") == program.plain("prog.py")
    assert not program.data_file.exists()
    assert program.missing() == program.marked("prog.py")


@pytest.mark.parametrize(
    "before",
    [
        "signal.signal(signal.SIGTERM, lambda *what: sys.exit(4))",
        "signal.signal(signal.SIGTERM, signal.SIG_DFL)",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep = lambda n: sys.exit(5)",
        "import faulthandler; faulthandler.register(signal.SIGTERM, chain=True, file=sys.stdout)",
    ],
)
def test_what_the_program_does_with_sigterm_later_counts(before: str, program: Program) -> None:
    config(program, "sigterm = true")
    program.write("prog.py", DIES.format(before=before))
    assert program.run("prog.py").code == program.plain("prog.py").code
    assert program.missing() == program.marked("prog.py")


def test_sigterm_that_was_ignored_is_ignored(program: Program) -> None:
    config(program, "sigterm = true")
    text = DIES.format(before="1 + 1").replace("time.sleep(9)", "sys.exit(3)")
    program.write("prog.py", text)
    command = f"trap '' TERM; exec {sys.executable} -m cov_cli run prog.py"
    assert program.start(["sh", "-c", command]).code == 3
    assert program.missing() == program.marked("prog.py")
    assert program.left_behind() == []


def test_a_forked_child_dies_of_sigterm_and_the_run_goes_on(program: Program) -> None:
    config(program, "sigterm = true")
    program.write(
        "prog.py",
        """
        import os, signal, time
        if (child := os.fork()) == 0:
            os.kill(os.getpid(), signal.SIGTERM); time.sleep(9)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """,
    )
    assert program.run("prog.py") == Outcome(0, "-15\n", "")
    assert program.missing() == {"prog.py": []}
    assert program.left_behind() == []


def test_sigterm_in_the_midst_of_threads_and_blocking_calls(program: Program) -> None:
    config(program, "sigterm = true")
    program.write(
        "prog.py",
        """
        import sys, threading
        def work(n):
            while True:
                n += 1
        for n in range(3):
            threading.Thread(target=work, args=(n,), daemon=True).start()
        print("ready", flush=True); sys.stdin.read()
        print("never")  # not run
        """,
    )
    with Running(program, "prog.py") as running:
        running.process.terminate()
        assert running.process.wait(PATIENCE) == -signal.SIGTERM
    assert program.data_file.exists()
    assert program.missing() == program.marked("prog.py")


@pytest.mark.parametrize("name", ["USR1", "USR2"])
def test_a_save_signal_writes_the_data_and_the_program_goes_on(name: str, program: Program) -> None:
    program.write(
        "prog.py",
        """
        import sys
        def later():
            return 1
        print("ready", flush=True); sys.stdin.readline()
        later()
        print("later", flush=True); sys.stdin.readline()
        print("end")
        """,
    )
    number = getattr(signal, f"SIG{name}")
    with Running(program, f"--save-signal={name}", "prog.py") as running:
        running.process.send_signal(number)
        saved(program)
        assert program.missing() == {"prog.py": [3, 5, 6, 7]}
        running.write("go\n")
        assert running.read() == "later\n"
        before = program.data_file.stat().st_mtime_ns
        running.process.send_signal(number)
        saved(program, before)
        assert program.missing() == {"prog.py": [7]}
        running.write("stop\n")
        assert running.finish() == (0, "end\n")
    assert program.missing() == {"prog.py": []}
    assert program.left_behind() == []


def test_the_program_hears_nothing_of_the_helper(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import os, signal, time
        heard = []
        print(*[signal.getsignal(n) is signal.SIG_DFL for n in (signal.SIGUSR1, signal.SIGCHLD)])
        signal.signal(signal.SIGCHLD, lambda *what: heard.append(what))
        read, write = os.pipe()
        os.set_inheritable(write, False)
        for _ in range(3):
            os.kill(os.getpid(), signal.SIGUSR1)
            try:
                print(os.waitpid(-1, os.WNOHANG))
            except ChildProcessError as error:
                print(error.errno == 10)
        began = time.monotonic()
        time.sleep(0.5)
        print(0.5 <= time.monotonic() - began < 5)
        print(heard)
        os.close(write)
        print(os.read(read, 9))
        """,
    )
    found = program.run("--save-signal=USR1", "prog.py")
    lines = ["True True", "True", "True", "True", "True", "[]", "b''"]
    assert found == Outcome(0, "\n".join(lines) + "\n", "")
    assert program.missing() == {"prog.py": []}
    assert program.left_behind() == []


def test_any_process_of_the_run_saves_the_data_of_all(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import os, subprocess, sys
        print("ready", flush=True)
        child = subprocess.Popen([sys.executable, "child.py"], stdin=subprocess.PIPE)
        sys.stdin.read()
        child.communicate()
        print("end")
        """,
    )
    program.write(
        "child.py",
        """
        import os, signal, sys
        if os.fork() == 0:
            print("pid", os.getpid(), flush=True); sys.stdin.read()
            print("grandchild ends", flush=True)
            os._exit(0)
        os.wait()
        """,
    )
    with Running(program, "--save-signal=USR2", "prog.py") as running:
        os.kill(int(running.read().split()[1]), signal.SIGUSR2)
        saved(program)
        assert program.missing() == {"child.py": [4, 5], "prog.py": [5, 6]}
        assert running.finish() == (0, "grandchild ends\nend\n")
    assert program.missing() == {"child.py": [], "prog.py": []}
    assert program.left_behind() == []


def test_a_handler_of_the_program_has_the_signal(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import os, signal
        signal.signal(signal.SIGUSR1, lambda number, frame: print("mine", number))
        os.kill(os.getpid(), signal.SIGUSR1)
        """,
    )
    assert program.run("--save-signal=USR1", "prog.py") == program.plain("prog.py")
    assert program.missing() == {"prog.py": []}


def test_a_storm_of_save_signals_loses_nothing(program: Program) -> None:
    program.write("many.py", "x = 0\n" + "x += 1\n" * 3000)
    program.write(
        "prog.py",
        """
        import os, signal, threading
        def storm():
            for _ in range(12):
                os.kill(os.getpid(), signal.SIGUSR1)
        thread = threading.Thread(target=storm)
        thread.start()
        import many
        thread.join()
        print(many.x)
        """,
    )
    found = program.run("--save-signal=USR1", "prog.py")
    assert found == Outcome(0, "3000\n", "")
    assert program.missing() == {"many.py": [], "prog.py": []}
    end = time.monotonic() + PATIENCE
    while program.left_behind() and time.monotonic() < end:
        time.sleep(0.05)
    assert program.left_behind() == []
