"""Interpreters inside a process are measured: each has a tracer and a journal of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support.program import Outcome, Program

# What making an interpreter and running text in it is called: name -> (since, text).
WAYS = {
    "_xxsubinterpreters": (
        (3, 11),
        """
        import _xxsubinterpreters
        create, destroy = _xxsubinterpreters.create, _xxsubinterpreters.destroy
        def run(interpreter, text):
            _xxsubinterpreters.run_string(interpreter, text)
        """,
    ),
    "_interpreters": (
        (3, 13),
        """
        import _interpreters
        create, destroy = _interpreters.create, _interpreters.destroy
        def run(interpreter, text):
            problem = _interpreters.exec(interpreter, text)
            assert problem is None, problem
        """,
    ),
    "_interpreters with a shared GIL": (
        (3, 13),
        """
        import _interpreters
        destroy = _interpreters.destroy
        def create():
            return _interpreters.create("legacy")
        def run(interpreter, text):
            problem = _interpreters.exec(interpreter, text)
            assert problem is None, problem
        """,
    ),
    "concurrent.interpreters": (
        (3, 14),
        """
        from concurrent import interpreters
        create = interpreters.create
        def run(interpreter, text):
            interpreter.exec(text)
        def destroy(interpreter):
            interpreter.close()
        """,
    ),
}


def exists(name: str) -> bool:
    """Does this Python have that way?"""
    module = name.split(" ")[0]
    done = subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True)
    return done.returncode == 0


HERE = [name for name in WAYS if exists(name)]
EVERY_WAY = pytest.mark.parametrize("way", HERE)

WORKER = """
    import atexit
    def work(n):
        if n % 3 == 0:
            return "none"
        elif n % 3 == 1:
            return "one"
        else:
            return "two"
    @atexit.register
    def last():
        words.append("last")
    words = []
    class Thing:
        def __del__(self):
            self.gone = True
    kept = Thing()
    """

START = "import sys; sys.path.insert(0, '.'); import worker; worker.work({n})"


def prepare(program: Program, way: str, text: str) -> None:
    program.write("ways.py", WAYS[way][1])
    program.write("worker.py", WORKER)
    program.write("prog.py", text.replace("START", repr(START)))


def test_every_supported_python_has_a_way() -> None:
    assert HERE


@EVERY_WAY
def test_code_in_an_interpreter_is_measured(way: str, program: Program) -> None:
    prepare(
        program,
        way,
        """
        from ways import create, destroy, run
        for n in range(3):
            interpreter = create()
            run(interpreter, START.format(n=n))
            destroy(interpreter)
        print("done")
        """,
    )
    plain = program.plain("-X", "dev", "prog.py")
    armed = program.run("--branch", "prog.py", flags=["-X", "dev"])
    assert armed == plain
    assert plain.out == "done\n"
    found = program.report()
    assert {name: file["missing_lines"] for name, file in found.items()} == {
        "prog.py": [],
        "ways.py": [],
        "worker.py": [],
    }
    assert found["worker.py"]["missing_branches"] == []
    assert program.left_behind() == []


@EVERY_WAY
def test_interpreters_that_outlive_the_program_are_measured(way: str, program: Program) -> None:
    prepare(
        program,
        way,
        """
        from ways import create, run
        kept = [create() for _ in range(3)]
        for n, interpreter in enumerate(kept):
            run(interpreter, START.format(n=n))
        """,
    )
    assert program.run("prog.py") == program.plain("prog.py")
    assert program.missing()["worker.py"] in ([], [11, 15])  # Python may drop atexit and __del__
    assert program.left_behind() == []


@EVERY_WAY
def test_a_killed_process_keeps_what_its_interpreters_ran(way: str, program: Program) -> None:
    prepare(
        program,
        way,
        """
        import os
        from ways import create, run
        kept = [create() for _ in range(3)]
        for n, interpreter in enumerate(kept):
            run(interpreter, START.format(n=n))
        os.kill(os.getpid(), 9)
        """,
    )
    assert program.run("prog.py").code == -9
    assert program.missing()["worker.py"] == [11, 15]
    assert program.left_behind() == []


@EVERY_WAY
def test_many_interpreters_come_and_go(way: str, program: Program) -> None:
    prepare(
        program,
        way,
        """
        from ways import create, destroy, run
        for n in range(60):
            interpreter = create()
            run(interpreter, START.format(n=n))
            destroy(interpreter)
        """,
    )
    armed = program.run("--branch", "prog.py", flags=["-X", "dev"])
    assert armed == Outcome(0, "", armed.err)
    assert armed.err == program.plain("-X", "dev", "prog.py").err
    assert program.missing()["worker.py"] == []
    assert program.left_behind() == []


@EVERY_WAY
def test_interpreters_at_the_same_time(way: str, program: Program) -> None:
    prepare(
        program,
        way,
        """
        import threading
        from ways import create, destroy, run
        def live(seed):
            for n in range(seed, seed + 5):
                interpreter = create()
                run(interpreter, START.format(n=n))
                destroy(interpreter)
        threads = [threading.Thread(target=live, args=(seed,)) for seed in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print("done")
        """,
    )
    if way == "_xxsubinterpreters" and sys.version_info < (3, 12):
        pytest.skip("3.11 itself fails to make interpreters in several threads")
    assert program.run("--branch", "prog.py") == program.plain("prog.py")
    assert program.missing()["worker.py"] == []
    assert program.left_behind() == []


@pytest.mark.skipif(sys.version_info < (3, 14), reason="new in 3.14")
def test_the_pool_of_interpreters_is_measured(program: Program) -> None:
    program.write("worker.py", "def work(n):\n    if n > 1:\n        n += 1\n    return n\n")
    program.write(
        "prog.py",
        """
        from concurrent.futures import InterpreterPoolExecutor
        import worker
        if __name__ == "__main__":
            with InterpreterPoolExecutor(3) as pool:
                print(list(pool.map(worker.work, range(20))))
        """,
    )
    assert program.run("--branch", "prog.py") == program.plain("prog.py")
    assert program.missing() == {"prog.py": [], "worker.py": []}
    assert program.left_behind() == []


@EVERY_WAY
def test_an_interpreter_may_start_processes(way: str, program: Program) -> None:
    prepare(
        program,
        way,
        """
        import sys
        from ways import create, destroy, run
        interpreter = create()
        run(interpreter, "import os, sys; os.environ.clear(); import subprocess; "
            f"subprocess.run([{sys.executable!r}, 'child.py'], env={{}}, check=True)")
        destroy(interpreter)
        """,
    )
    program.write("child.py", "print('child', flush=True)\n")
    plain = program.plain("prog.py")
    if plain.code != 0:
        pytest.skip("this Python starts no processes from an interpreter")
    assert program.run("prog.py") == plain
    assert program.missing()["child.py"] == []


@EVERY_WAY
@pytest.mark.parametrize("core", ["ctrace", "pytrace"])
def test_interpreters_do_not_need_the_core(way: str, core: str, program: Program) -> None:
    prepare(
        program,
        way,
        """
        from ways import create, destroy, run
        for n in range(4):
            interpreter = create()
            run(interpreter, START.format(n=n))
            destroy(interpreter)
        """,
    )
    armed = program.run("prog.py", env={"COVERAGE_CORE": core})
    assert armed == program.plain("prog.py")
    assert program.missing()["worker.py"] == []
