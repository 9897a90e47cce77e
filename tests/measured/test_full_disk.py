"""No room, no permission: the program does not notice, and who asks is told what is missing.

Issue 2, "What must hold", 8. The disk is a tiny one of its own, so only root can do all of this.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.program import CORES, LINUX, Outcome, Program

pytestmark = pytest.mark.skipif(not LINUX, reason="mounts a tmpfs")

SIZE = 512  # KiB
FACTS = 6000  # more than the first segment of a journal has room for: 4096 records of 16 bytes

FILL = """
def fill():
    with open("data/filler", "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
"""


@pytest.fixture
def disk(program: Program) -> Iterator[Path]:
    """A disk of 512 KiB below the program's folder, for its data."""
    folder = program.root / "data"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}k", "cov-test", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("needs root, to mount a tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def run(program: Program, *words: str, core: str = "") -> Outcome:
    """`cov run` with its data on the little disk."""
    env = {"COVERAGE_CORE": core} if core else {}
    return program.run("--data-file=data/cov", *words, env=env)


def report(program: Program) -> tuple[dict[str, list[int]], str]:
    """The lines that are missing, by file, and what else the report had to say."""
    done = program.cov("json", "--data-file=data/cov", "-q", "-o", "out.json")
    assert done.code == 0, done
    return program.missing("--data-file=data/cov"), done.err


def many_lines(program: Program) -> None:
    program.write("many.py", "x = 0\n" + "x += 1\n" * FACTS)


def test_a_disk_that_is_full_from_the_start_is_told_before_the_program_runs(
    program: Program, disk: Path
) -> None:
    program.write("prog.py", "print('ran')\n")
    (disk / "filler").write_bytes(bytes((SIZE - 32) * 1024))
    found = run(program, "prog.py")
    assert (found.code, found.out) == (1, "")
    (message,) = found.err.splitlines()
    assert str(disk) in message and "No space left" in message
    assert [path.name for path in disk.iterdir()] == ["filler"]


@pytest.mark.parametrize("core", CORES)
def test_a_disk_that_fills_up_costs_facts_but_not_the_program(
    core: str, program: Program, disk: Path
) -> None:
    many_lines(program)
    program.write("prog.py", FILL + "fill()\nimport many\nprint(many.x)\nraise SystemExit(3)\n")
    found = run(program, "prog.py", core=core)
    assert (found.code, found.out) == (3, f"{FACTS}\n")
    (message,) = found.err.splitlines()
    assert "could not be saved" in message and "journals are kept" in message
    (disk / "filler").unlink()
    missing, told = report(program)
    assert set(missing) == {"many.py", "prog.py"}
    # The first facts are there, the others are missed, and the report does not keep that secret.
    assert 2 not in missing["many.py"] and FACTS in missing["many.py"]
    assert "found no room and are lost" in told


def test_facts_that_had_to_wait_are_saved_when_there_is_room_again(
    program: Program, disk: Path
) -> None:
    many_lines(program)
    text = FILL + "fill()\nimport many, os\nos.unlink('data/filler')\nprint(many.x)\n"
    program.write("prog.py", text)
    assert run(program, "prog.py") == Outcome(0, f"{FACTS}\n", "")
    missing, told = report(program)
    assert (missing["many.py"], told) == ([], "")


def test_facts_that_waited_when_the_process_was_killed_are_told_to_be_lost(
    program: Program, disk: Path
) -> None:
    many_lines(program)
    program.write("prog.py", FILL + "fill()\nimport many, os\nos.kill(os.getpid(), 9)\n")
    assert run(program, "prog.py") == Outcome(-9, "", "")
    (disk / "filler").unlink()
    missing, told = report(program)
    assert FACTS in missing["many.py"]
    assert "found no room and are lost" in told


def test_children_on_a_full_disk_do_their_work(program: Program, disk: Path) -> None:
    program.write("worker.py", "print('working')\n")
    program.write(
        "prog.py",
        FILL
        + "fill()\nimport subprocess, sys\n"
        + "code = subprocess.run([sys.executable, 'worker.py']).returncode\nsys.exit(code)\n",
    )
    found = run(program, "prog.py")
    assert (found.code, found.out) == (0, "working\n")


def test_old_data_survives_a_run_whose_data_cannot_be_saved(program: Program, disk: Path) -> None:
    program.write("old.py", "x = 1\n")
    many_lines(program)  # its journal leaves no room for another data file
    program.write("prog.py", FILL + "fill()\nimport many\n")
    run(program, "old.py")
    before = (disk / "cov").read_bytes()
    assert "could not be saved" in run(program, "prog.py").err
    assert (disk / "cov").read_bytes() == before
    (disk / "filler").unlink()
    assert set(report(program)[0]) == {"many.py", "prog.py"}


def test_a_read_only_directory_is_told_before_the_program_runs(
    program: Program, disk: Path
) -> None:
    program.write("prog.py", "print('ran')\n")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    found = run(program, "prog.py")
    assert (found.code, found.out) == (1, "")
    (message,) = found.err.splitlines()
    assert str(disk) in message and "Read-only" in message


def test_a_limit_for_file_sizes_is_told_before_the_program_runs(program: Program) -> None:
    program.write("prog.py", "print('ran')\n")
    limited = f"ulimit -f 8; exec {sys.executable} -m cov_cli run prog.py"
    found = program.start(["sh", "-c", limited])
    assert (found.code, found.out) == (1, "")
    (message,) = found.err.splitlines()
    assert "no data can be written" in message


def test_a_limit_that_the_program_sets_itself_costs_facts_only(program: Program) -> None:
    many_lines(program)
    program.write(
        "prog.py",
        """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, resource.RLIM_INFINITY))
        import many
        print(many.x)
        """,
    )
    found = program.run("prog.py")
    assert (found.code, found.out) == (0, f"{FACTS}\n")
    assert len(found.err.splitlines()) <= 1
    done = program.cov("json", "-o", "out.json")
    assert done.code == 0
    assert "found no room and are lost" in found.err + done.err


@pytest.mark.parametrize("ending", ["", "os._exit(0)\n", "os.kill(os.getpid(), 9)\n"])
def test_a_program_may_delete_its_data_directory(ending: str, program: Program) -> None:
    many_lines(program)
    program.write(
        "prog.py",
        "import os, shutil\nshutil.rmtree('data')\nimport many\nprint(many.x, flush=True)\n"
        + ending,
    )
    (program.root / "data").mkdir()
    plain, measured = program.plain("prog.py"), run(program, "prog.py")
    assert (measured.code, measured.out) == (plain.code, plain.out)
    # Whoever ends in peace is told at the end; of a process that was killed nothing is left.
    assert ("nothing is left of this run" in measured.err) == (not ending)


def test_descriptors_that_have_run_out_do_no_harm(program: Program) -> None:
    # The journal needs one to open its file, for a moment; until then its facts wait.
    program.write("later.py", "x = 1\n")
    program.write(
        "prog.py",
        """
        import os, sys
        import later as known
        del sys.modules["later"]
        kept = []
        if os.fork() == 0:
            try:
                while True:
                    kept.append(os.dup(0))
            except OSError:
                pass
            x = 1
            for descriptor in kept:
                os.close(descriptor)
            y = 2
            print(len(kept) > 9, flush=True)
        else:
            os.wait()
        """,
    )
    command = f"ulimit -n 40; exec {sys.executable} -m cov_cli run prog.py"
    assert program.start(["sh", "-c", command]) == Outcome(0, "True\n", "")
    assert program.missing() == {"later.py": [], "prog.py": []}
