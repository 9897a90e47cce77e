"""Every Python process that a program starts is measured, with no configuration at all.

Design 3.4. Each program runs plain as well, and has to look the same; its files' marks tell what
has to be in the one data file afterwards.
"""

from __future__ import annotations

import os
import time

import pytest
from support.program import CORES, Program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fork")

WORKER = """
import sys


def work(n):
    if n < 0:
        return "negative"  # not run
    total = 0
    for i in range(n):
        total += i
    return total

def never():
    return 1  # not run

if __name__ == "__main__":
    print(work(len(sys.argv)))
"""

# In these nobody runs the worker as a program.
IMPORTED = WORKER.replace("    print(work(len(sys.argv)))", "    print()  # not run")

# Programs, and the text of worker.py beside them.
STARTS = {
    "subprocess": (
        """
        import subprocess, sys
        print(subprocess.run([sys.executable, "worker.py", "1"], capture_output=True).stdout)
        """,
        WORKER,
    ),
    "subprocess with -m": (
        """
        import subprocess, sys
        print(subprocess.check_output([sys.executable, "-m", "worker"], text=True))
        """,
        WORKER,
    ),
    "subprocess with -c": (
        """
        import subprocess, sys
        code = "import worker; print(worker.work(3))"
        print(subprocess.check_output([sys.executable, "-c", code], text=True))
        """,
        IMPORTED,
    ),
    "a shell": (
        """
        import os, sys
        os.system(f"{sys.executable} worker.py 1 2; echo done")
        """,
        WORKER,
    ),
    "isolated": (
        """
        import subprocess, sys
        print(subprocess.check_output([sys.executable, "-I", "worker.py"], text=True))
        """,
        WORKER,
    ),
    "posix_spawn": (
        """
        import os, sys
        pid = os.posix_spawn(sys.executable, [sys.executable, "worker.py"], os.environ)
        print(os.waitpid(pid, 0)[1])
        """,
        WORKER,
    ),
    "spawnv": (
        """
        import os, sys
        print(os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "worker.py"]))
        """,
        WORKER,
    ),
    "fork": (
        """
        import os, worker
        pid = os.fork()
        if pid == 0:
            print(worker.work(2), flush=True)
            os._exit(0)
        os.waitpid(pid, 0)
        """,
        IMPORTED,
    ),
    "fork that goes on to the end": (
        """
        import os, worker
        pid = os.fork()
        if pid == 0:
            print(worker.work(2), flush=True)
        else:
            os.waitpid(pid, 0)
        """,
        IMPORTED,
    ),
    "fork of a fork of a fork": (
        """
        import os
        depth = 0
        while depth < 3:
            pid = os.fork()
            if pid:
                os.waitpid(pid, 0)
                break
            depth += 1
        else:
            import worker
            print(worker.work(3), flush=True)
        """,
        IMPORTED,
    ),
    "fork, then exec": (
        """
        import os, sys
        pid = os.fork()
        if pid == 0:
            os.execv(sys.executable, [sys.executable, "worker.py"])
        os.waitpid(pid, 0)
        """,
        WORKER,
    ),
    "a grandchild": (
        """
        import subprocess, sys
        code = "import subprocess, sys; subprocess.run([sys.executable, 'worker.py'])"
        subprocess.run([sys.executable, "-c", code], check=True)
        """,
        WORKER,
    ),
    "a daemon": (
        """
        import os, sys, time
        read, write = os.pipe()
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                import worker
                os.write(write, str(worker.work(4)).encode())
            os._exit(0)
        os.close(write)
        print(os.read(read, 9))
        os.read(read, 9)
        """,
        IMPORTED,
    ),
    "asyncio": (
        """
        import asyncio, sys
        async def main():
            process = await asyncio.create_subprocess_exec(sys.executable, "worker.py")
            print(await process.wait())
        asyncio.run(main())
        """,
        WORKER,
    ),
    "ProcessPoolExecutor": (
        """
        import concurrent.futures, worker
        if __name__ == "__main__":
            with concurrent.futures.ProcessPoolExecutor(2) as pool:
                print(list(pool.map(worker.work, range(4))))
        """,
        IMPORTED,
    ),
}
for _method in ("fork", "spawn", "forkserver"):
    STARTS[f"multiprocessing {_method}"] = (
        f"""
        import multiprocessing, worker
        if __name__ == "__main__":
            context = multiprocessing.get_context({_method!r})
            process = context.Process(target=worker.work, args=(3,))
            process.start()
            process.join()
            print(process.exitcode)
        """,
        IMPORTED,
    )
    STARTS[f"a pool of multiprocessing {_method}"] = (
        f"""
        import multiprocessing, worker
        if __name__ == "__main__":
            with multiprocessing.get_context({_method!r}).Pool(2) as pool:
                print(pool.map(worker.work, range(5)))
        """,
        IMPORTED,
    )


@pytest.mark.parametrize("name", STARTS)
def test_a_child_process_is_measured_however_it_was_started(name: str, program: Program) -> None:
    text, worker = STARTS[name]
    program.write("worker.py", worker)
    program.write("prog.py", text)
    assert program.run("prog.py") == program.plain("prog.py")
    assert program.missing() == program.marked("prog.py", "worker.py")
    assert program.left_behind() == []


@pytest.mark.parametrize("core", CORES)
@pytest.mark.parametrize("name", ["subprocess", "fork", "multiprocessing spawn"])
def test_children_are_measured_like_their_parents(name: str, core: str, program: Program) -> None:
    text, worker = STARTS[name]
    program.write("worker.py", worker)
    program.write("prog.py", text)
    program.run("--branch", "prog.py", env={"COVERAGE_CORE": core})
    assert program.missing() == program.marked("prog.py", "worker.py")
    branches = program.report()["worker.py"]
    # Loops and conditions of the worker: one never true, all others both ways.
    lines = (program.root / "worker.py").read_text().splitlines()
    condition = lines.index("    if n < 0:") + 1
    assert [condition, condition + 1] in branches["missing_branches"]
    assert [condition, condition + 2] in branches["executed_branches"]


FOLLOW_NOBODY = "[run]\npatch =\n"


@pytest.mark.parametrize(
    "name", ["subprocess", "isolated", "a grandchild", "multiprocessing spawn"]
)
def test_an_empty_patch_setting_leaves_executed_children_alone(name: str, program: Program) -> None:
    text, worker = STARTS[name]
    program.write(".coveragerc", FOLLOW_NOBODY)
    program.write("worker.py", worker)
    program.write("prog.py", text)
    assert program.run("prog.py") == program.plain("prog.py")
    missing = program.missing()
    assert missing["prog.py"] == program.marked("prog.py")["prog.py"]
    if "import multiprocessing" in text:  # the parent imported it
        assert set(missing) == {"prog.py", "worker.py"}
        assert set(missing["worker.py"]) > set(program.marked("worker.py")["worker.py"])
    else:
        assert set(missing) == {"prog.py"}


def test_an_empty_patch_setting_hides_the_settings_from_children(program: Program) -> None:
    program.write(".coveragerc", FOLLOW_NOBODY)
    program.write(
        "prog.py",
        """
        import os, subprocess, sys
        print("COV_SETTINGS" in os.environ, flush=True)
        code = "import os, sys; print('COV_SETTINGS' in os.environ, 'cov_tracer' in sys.modules)"
        subprocess.run([sys.executable, "-c", code], check=True)
        """,
    )
    assert program.run("prog.py").out == "False\nFalse False\n"


def test_children_that_run_nothing_measured_leave_no_files(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import glob, subprocess, sys
        command = [sys.executable, "-c", "pass"]
        children = []
        for batch in range(25):
            children = [subprocess.Popen(command) for _ in range(8)]
            assert not any([child.wait() for child in children])
        print(len(glob.glob(".coverage*.cov-journal")))
        """,
    )
    assert program.run("prog.py").out == "1\n"
    assert program.missing() == {"prog.py": []}


def test_many_children_end_up_in_one_file(program: Program) -> None:
    names = [f"part{number}.py" for number in range(12)]
    for name in names:
        program.write(name, "import sys\nif len(sys.argv) == 1:\n    print()  # not run\n")
    program.write(
        "prog.py",
        f"""
        import subprocess, sys
        names = {names}
        children = [subprocess.Popen([sys.executable, name, "x"]) for name in names]
        for child in children:
            child.wait()
        """,
    )
    assert program.run("prog.py").code == 0
    assert program.missing() == program.marked("prog.py", *names)
    assert program.left_behind() == []


def test_a_child_that_outlives_the_run_is_in_the_next_report(program: Program) -> None:
    program.write(
        "worker.py",
        """
        import os, time
        print("ready", flush=True)
        while not os.path.exists("go"):
            time.sleep(0.02)
        print("later")
        """,
    )
    program.write(
        "prog.py",
        """
        import os, subprocess, sys
        with open("out.txt", "w") as file:
            subprocess.Popen([sys.executable, "worker.py"], stdout=file, stderr=file)
        while not os.path.getsize("out.txt"):
            pass
        os.write(1, b"done")
        """,
    )
    assert program.run("prog.py").out == "done"
    (journal,) = program.journals()  # the living one's
    assert program.missing() == {"prog.py": [], "worker.py": [5]}
    # The run has not ended with its first process.
    (ledger,) = program.root.glob("*.cov-ledger-journal")
    assert program.left_behind() == sorted([ledger.name, os.path.basename(journal.path)])
    (program.root / "go").touch()
    until = time.monotonic() + 20
    while journal.is_live() and time.monotonic() < until:
        time.sleep(0.02)
    assert program.missing() == {"prog.py": [], "worker.py": []}
    assert program.left_behind() == []
