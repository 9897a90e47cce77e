"""Whatever runs out or is taken away, the program behaves as if unmeasured; what is lost is told.

Issue 3, "What must hold", 5. See also test_full_disk.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.program import CORES, LINUX, Outcome, Program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits of POSIX systems")

EVERY_CORE = pytest.mark.parametrize("core", CORES)


def same_as_plain(program: Program, core: str, *words: str) -> Outcome:
    """Run it both ways, which must be alike: how it ended."""
    plain = program.plain(*words)
    assert program.run(*words, env={"COVERAGE_CORE": core}) == plain
    return plain


# Statements at the start of a program -> what they take away from it, or from us.
STARTS = {
    "open is mocked": """
        import builtins, io, os
        def broken(*words, **names):
            raise RuntimeError("mocked")  # not run
        builtins.open = io.open = os.open = os.stat = os.getcwd = os.getpid = broken
        """,
    "paths are mocked": """
        import os
        def broken(*words, **names):
            raise RuntimeError("mocked")  # not run
        os.path.realpath = os.path.exists = os.path.isabs = os.path.join = broken
        """,
    "the clock stands still": """
        import time
        time.time = time.time_ns = time.monotonic = time.perf_counter = lambda: 0
        """,
    "the clock breaks": """
        import time
        def broken():
            raise RuntimeError("mocked")  # not run
        time.time = time.time_ns = time.monotonic = broken
        """,
    "no stderr": "import sys; sys.stderr.close(); sys.stderr = None",
    "no stderr below": "import os; os.close(2)",
    "no streams at all": "import os, sys; sys.stdout.flush(); os.closerange(0, 3)",
    "every descriptor closed": "import os; os.closerange(3, 256)",
    "no environment": "import os; os.environ.clear()",
    "no modules": "import sys; names = list(sys.modules); [sys.modules.pop(n) for n in names]",
    "our modules are gone": """
        import sys
        for name in [name for name in sys.modules if name.startswith("cov_")]:
            del sys.modules[name]
        """,
    "nowhere to import from": "import sys; sys.path.clear(); sys.path_hooks.clear()",
    "builtins are gone": "import builtins; del builtins.isinstance, builtins.list, builtins.map",
    "no recursion": "import sys; sys.setrecursionlimit(30)",
    "warnings are errors": "import warnings; warnings.simplefilter('error')",
    "the collector runs all the time": "import gc; gc.set_threshold(1)",
    "no temporary directory": "import os; os.environ['TMPDIR'] = '/nowhere'",
    "another root of names": "import os; os.umask(0o777)",
}

REST = """
class Thing:
    def __del__(self):
        self.gone = True
def work(n):
    if n > 1:
        return 1
    return 0
total = work(1) + work(2)
kept = Thing()
"""


@EVERY_CORE
@pytest.mark.parametrize("name", STARTS)
def test_what_a_program_takes_away_from_itself_is_no_trouble(
    name: str, core: str, program: Program
) -> None:
    path = program.write("prog.py", textwrap.dedent(STARTS[name]).lstrip("\n") + REST)
    done = same_as_plain(program, core, "prog.py")
    assert done.code == 0
    marked = program.marked("prog.py")
    if core == "pytrace":  # A tracer in Python ends with the modules it is made of.
        marked["prog.py"] += [path.read_text().splitlines().index("        self.gone = True") + 1]
        assert set(program.missing()["prog.py"]) <= set(marked["prog.py"])
    else:
        assert program.missing() == marked
    assert program.left_behind() == []


@EVERY_CORE
@pytest.mark.parametrize("signal", ["", "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)"])
def test_a_limit_for_files_that_was_there_first_costs_facts_only(
    core: str, signal: str, program: Program
) -> None:
    program.write("many.py", "x = 0\n" + "x += 1\n" * 6000)
    program.write(
        "prog.py",
        f"""
        import resource, signal, sys
        sys.dont_write_bytecode = True  # or plain Python would be killed
        {signal}
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        import many
        print(many.x)
        """,
    )
    plain = program.plain("prog.py")
    found = program.run("prog.py", env={"COVERAGE_CORE": core})
    assert (found.code, found.out) == (plain.code, plain.out) == (0, "6000\n")
    done = program.cov("json", "-q", "-o", "out.json")
    assert "lost" in found.err + done.err or "unknown" in found.err + done.err, (found, done)


@EVERY_CORE
def test_no_descriptor_is_left_before_the_first_fact(core: str, program: Program) -> None:
    program.write("measured.py", "x = 1\ny = 2\nfor n in range(3):\n    x += n\n")
    program.write(
        "prog.py",
        """
        import os, sys
        sys.path.append(os.getcwd())
        from importlib.machinery import SourceFileLoader
        names = {}
        code = SourceFileLoader("measured", "measured.py").get_code("measured")
        kept = []
        try:
            while True:
                kept.append(os.dup(0))
        except OSError:
            exec(code, names)
            print(names["x"])
            if len(sys.argv) > 1:
                os.kill(os.getpid(), 9)
        """,
    )
    command = (
        f"ulimit -n 40; exec {sys.executable} -m cov_cli run --include='*/measured.py' prog.py"
    )
    found = program.start(["sh", "-c", command], env={"COVERAGE_CORE": core})
    assert (found.code, found.out) == (0, "4\n")
    assert program.missing() == {"measured.py": []}
    (program.root / ".coverage").unlink()
    assert program.start(["sh", "-c", command + " die"], env={"COVERAGE_CORE": core}).code == -9
    assert program.missing() == {"measured.py": []}


@EVERY_CORE
def test_little_memory_is_the_programs_matter(core: str, program: Program) -> None:
    program.write("many.py", "x = 0\n" + "x += 1\n" * 3000)
    program.write(
        "prog.py",
        """
        import resource
        import many
        def take():
            kept = []
            try:
                while True:
                    kept.append(bytearray(1 << 16))
            except MemoryError:
                return len(kept) > 9
        now = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + (1 << 23), resource.RLIM_INFINITY))
        print(take())
        def later(n):
            return n
        print(later(1))
        """,
    )
    if not LINUX:
        pytest.skip("reads /proc")
    assert same_as_plain(program, core, "prog.py").out == "True\n1\n"
    assert program.missing() == {"many.py": [], "prog.py": []}


@pytest.fixture
def disk(program: Program) -> Iterator[Path]:
    """A disk of 512 KiB below the program's folder."""
    folder = program.root / "data"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "cov-test", str(folder)]
    if not LINUX or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs root, to mount a tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


FILL = """
import os, subprocess, sys
def fill():
    with open("data/filler", "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
"""


@EVERY_CORE
@pytest.mark.parametrize(
    "end", ["", "import os; os._exit(0)", "import os; os.kill(os.getpid(), 9)"]
)
def test_a_child_that_finds_no_room_at_all_is_not_forgotten(
    core: str, end: str, program: Program, disk: Path
) -> None:
    program.write("worker.py", "import os\nprint('working', flush=True)\n" + end + "\n")
    program.write(
        "prog.py",
        FILL
        + "fill()\n"
        + "print(subprocess.run([sys.executable, 'worker.py']).returncode, flush=True)\n",
    )
    found = program.run("--data-file=data/cov", "prog.py", env={"COVERAGE_CORE": core})
    assert (found.code, found.out) == (0, f"working\n{-9 if '9' in end else 0}\n")
    (disk / "filler").unlink()
    done = program.cov("report", "--data-file=data/cov")
    told = found.err + done.err
    assert "worker.py" in told or "unknown" in told or "lost" in told, (found, done)


@EVERY_CORE
def test_a_data_directory_that_becomes_read_only(core: str, program: Program, disk: Path) -> None:
    program.write("worker.py", "print('working', flush=True)\n")
    program.write(
        "prog.py",
        """
        import subprocess, sys
        cover = ["mount", "-t", "tmpfs", "-o", "ro", "cov-test", "data"]
        subprocess.run(cover, check=True)
        print(subprocess.run([sys.executable, "worker.py"]).returncode)
        """,
    )
    found = program.run("--data-file=data/cov", "prog.py", env={"COVERAGE_CORE": core})
    subprocess.run(["umount", str(disk)], check=True)
    assert (found.code, found.out) == (0, "working\n0\n")
    (message,) = found.err.splitlines()
    assert "could not be saved" in message
    assert program.missing("--data-file=data/cov") == {"prog.py": []}
