"""Every process that a program starts is known, measured or not: real programs, real ledgers."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.program import VARIABLE, Program

from cov_data import LedgerReader, Reader
from cov_data.ledger import parse_rows
from cov_data.processes import Process, known_processes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fork, sh")

PATIENCE = 30


def started(program: Program) -> list[Process]:
    """The processes that the data file knows of, but for the first one."""
    with Reader(program.data_file) as reader:
        processes = known_processes(parse_rows(reader.ledger()))
    assert processes[0].how == "run"
    return list(processes[1:])


def told(program: Program, *words: str, code: int = 0) -> str:
    """What a report says about processes."""
    done = program.cov("report", *words)
    assert done.code == code, done
    return "".join(line for line in done.err.splitlines() if line.startswith("processes:"))


def finished(program: Program) -> None:
    """Wait until the last process is gone and a report has taken its ledger in."""
    end = time.monotonic() + PATIENCE
    while program.left_behind() and time.monotonic() < end:
        time.sleep(0.05)
        assert program.cov("report", "-q").code == 0
    assert program.left_behind() == []


# Ways to start `child.py`; each is a statement. `PY` is the interpreter.
MEASURED = {
    "subprocess": "subprocess.run([PY, 'child.py'])",
    "empty environment": "subprocess.run([PY, 'child.py'], env={})",
    "isolated": "subprocess.run([PY, '-I', 'child.py'])",
    "preexec_fn": "subprocess.run([PY, 'child.py'], preexec_fn=int)",
    "a long command line": "subprocess.run([PY, 'child.py', *['word'] * 9000])",
    "posix_spawn": "os.waitpid(os.posix_spawn(PY, [PY, 'child.py'], {}), 0)",
    "spawn": "os.spawnv(os.P_WAIT, PY, [PY, 'child.py'])",
    "a shell that becomes it": "subprocess.run(f'exec {PY} child.py', shell=True)",
    "a shell": "subprocess.run(f'{PY} child.py; true', shell=True)",
    "system": "os.system(f'{PY} child.py')",
    "a longer system": "os.system(f'cd . && {PY} child.py; true')",
    "popen": "os.popen(f'{PY} child.py').read()",
    "multiprocessing spawn": "context('spawn')",
    "multiprocessing fork": "context('fork')",
    "multiprocessing forkserver": "context('forkserver')",
    "asyncio": "asyncio.run(from_asyncio())",
    "uvloop": "uvloop.run(from_asyncio())",
    "uvloop, empty environment": "uvloop.run(from_asyncio(env={}))",
    "uvloop, a shell": "uvloop.run(by_shell(env={}))",
    "a pool": "pool()",
    "fork": "forked(lambda: None)",
    "fork and exec": "forked(lambda: os.execv(PY, [PY, 'child.py']))",
    "execve": "forked(lambda: os.execve(PY, [PY, 'child.py'], {}))",
}

PROGRAM = """
import asyncio, concurrent.futures, multiprocessing, os, subprocess, sys
import uvloop
import work

PY = sys.executable

def context(method):
    process = multiprocessing.get_context(method).Process(target=work.work)
    process.start()
    process.join()

async def from_asyncio(**how):
    process = await asyncio.create_subprocess_exec(PY, "child.py", **how)
    await process.wait()

async def by_shell(**how):
    process = await asyncio.create_subprocess_shell(f"{PY} child.py; true", **how)
    await process.wait()

def pool():
    method = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=method) as workers:
        print(list(workers.map(work.square, range(4))))

def forked(then):
    pid = os.fork()
    if pid == 0:
        then()
        os._exit(0)
    os.waitpid(pid, 0)

if __name__ == "__main__":
    {statement}
"""


def write_program(program: Program, statement: str) -> int:
    """Write the program; returns the line of the statement."""
    program.write("child.py", "x = 1\n")
    program.write("work.py", "def work():\n    pass\n\ndef square(n):\n    return n * n\n")
    text = PROGRAM.lstrip("\n").replace("{statement}", statement)
    program.root.joinpath("prog.py").write_text(text, encoding="utf-8")
    return text.splitlines().index(f"    {statement}") + 1


@pytest.mark.parametrize("way", MEASURED)
def test_nobody_who_is_measured_is_called_silent(program: Program, way: str) -> None:
    write_program(program, MEASURED[way])
    assert program.run("--source=.", "prog.py").code == 0
    line = told(program, "--complete")
    found = started(program)
    assert [p for p in found if p.silent] == []
    measured = sum(p.measured for p in found)
    assert measured >= 1
    assert line == f"processes: {measured + 1} started, {measured + 1} measured"
    finished(program)


ONE = [
    "subprocess",
    "a long command line",
    "empty environment",
    "preexec_fn",
    "posix_spawn",
    "a shell that becomes it",
    "asyncio",
    "uvloop",
    "uvloop, empty environment",
    "fork",
]


@pytest.mark.parametrize("way", ONE)
def test_one_process_is_one_entry_with_the_place_that_started_it(
    program: Program, way: str
) -> None:
    line = write_program(program, MEASURED[way])
    assert program.run("--source=.", "prog.py").code == 0
    (process,) = started(program)
    with Reader(program.data_file) as reader:
        records = parse_rows(reader.ledger())
    assert [r for r in records if r.kind == "start" and not r.number("child")] == []
    assert (process.measured, process.parent) == (True, 0)
    assert os.path.basename(process.file) == "prog.py"
    inside = dict.fromkeys(ONE, "create_subprocess_exec") | {"fork": "os.fork()"}
    texts = program.root.joinpath("prog.py").read_text().splitlines()
    assert process.line == line or inside[way] in texts[process.line - 1]
    assert process.ended == ("ended" if way != "fork" else "not known")


def test_programs_that_replace_others_are_counted_one_by_one(program: Program) -> None:
    write_program(program, MEASURED["fork and exec"])
    assert program.run("--source=.", "prog.py").code == 0
    forked, replaced = started(program)
    assert (forked.how, forked.ended) == ("fork", "replaced")
    assert (replaced.how, replaced.ended, replaced.pid) == ("exec", "ended", forked.pid)


def test_the_first_process_may_replace_itself(program: Program) -> None:
    program.write(
        "prog.py", "import os, sys\nos.execv(sys.executable, [sys.executable, 'child.py'])\n"
    )
    program.write("child.py", "x = 1\n")
    assert program.run("--source=.", "prog.py").code == 0
    assert told(program) == "processes: 2 started, 2 measured"
    assert [p.how for p in started(program)] == ["exec"]


UNSEEN = """
import asyncio, os, sys
import uvloop

async def main():
    loop = asyncio.get_running_loop()
    transport, _ = await loop.subprocess_exec(
        asyncio.SubprocessProtocol, *WORDS, stdin=None, stdout=None, stderr=None, **HOW
    )
    await transport._wait()

uvloop.run(main())
"""


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("[sys.executable, 'child.py']", "{'env': {'A': 'b'}}"),
        ("['/bin/true']", "{'env': {'A': 'b'}}"),
        ("['/bin/true']", "{}"),
    ],
)
def test_a_process_that_c_code_starts_is_there_though_its_program_is_not_known(
    program: Program, words: str, how: str
) -> None:
    program.write("child.py", "x = 1\n")
    program.write("prog.py", UNSEEN.replace("WORDS", words).replace("HOW", how))
    assert program.run("--source=.", "prog.py").code == 0
    unknown = "processes: 2 started, 1 measured, 1 unknown (started by C code, from prog.py:6)"
    assert told(program, "--complete") == unknown
    assert told(program, "-q") == unknown
    table = program.cov("debug", "processes").out
    (process,) = started(program)
    assert (process.unknown, process.parent) == (True, 0)
    assert re.search(rf"(?m)^{process.pid} +c +unknown +not known +prog.py:6 ", table), table
    assert program.left_behind() == []


def test_a_process_that_c_code_starts_is_measured_if_it_inherits(program: Program) -> None:
    program.write("child.py", "x = 1\n")
    words = "[sys.executable, 'child.py']"
    program.write("prog.py", UNSEEN.replace("WORDS", words).replace("HOW", "{}"))
    assert program.run("--source=.", "prog.py").code == 0
    assert told(program) == "processes: 2 started, 2 measured"
    assert program.missing() == {"prog.py": [], "child.py": []}


@pytest.mark.parametrize("core", ["ctrace", "pytrace"])
def test_whatever_measures_an_environment_for_uvloop_is_completed(
    program: Program, core: str
) -> None:
    write_program(program, MEASURED["uvloop, empty environment"])
    program.write("settings", f"[run]\ncore = {core}\n")
    assert program.run("--source=.", "--rcfile=settings", "prog.py").code == 0
    assert told(program) == "processes: 2 started, 2 measured"


@pytest.mark.skipif(sys.platform != "linux", reason="where the C library forks may differ")
@pytest.mark.parametrize("library", ["CDLL", "PyDLL"])
def test_a_fork_by_the_c_library_is_measured_if_it_goes_on(program: Program, library: str) -> None:
    program.write(
        "prog.py",
        f"""
        import ctypes, os
        if not ctypes.{library}(None).fork():
            os._exit(0)
        os.wait()
        """,
    )
    assert program.run("--source=.", "prog.py").code == 0
    assert told(program) == "processes: 2 started, 2 measured"
    (process,) = started(program)
    # Without the GIL nobody may ask Python where it is.
    assert (process.how, process.line) == ("c", 2 if library == "PyDLL" else 0)
    assert process.command.endswith(" prog.py")


# Python processes that cannot be measured, and why.
SILENT = {
    "no site": ("subprocess.run([PY, '-S', 'child.py'])", "runs without site"),
    "no site, joined": ("subprocess.run([PY, '-IS', 'child.py'])", "runs without site"),
    "no site, by a shell": ("subprocess.run(f'{PY} -S child.py', shell=True)", "runs without site"),
    "no site, by system": ("os.system(f'{PY} -S child.py; true')", "runs without site"),
    "no site, by exec": (
        "forked(lambda: os.execv(PY, [PY, '-S', 'child.py']))",
        "runs without site",
    ),
    "no site, by a script": ("subprocess.run(['./script'])", "runs without site"),
    "a settings variable that is emptied": (
        "subprocess.run(['env', '-u', 'COV_SETTINGS', PY, 'child.py'])",
        "did not arm: reason not known",
    ),
}


@pytest.mark.parametrize("way", SILENT)
def test_a_python_that_is_not_measured_is_named_with_its_place_and_reason(
    program: Program, way: str
) -> None:
    statement, reason = SILENT[way]
    line = write_program(program, statement)
    script = program.write("script", f"#!{sys.executable} -S\nx = 1\n")
    script.chmod(0o755)
    assert program.run("--source=.", "prog.py").code == 0
    silent = [p for p in started(program) if p.silent]
    if way == "no site, by a script":
        assert silent == []  # nobody looked into the script here, but a report does
    else:
        assert [p.reason for p in silent] == [reason]
    where = rf", from prog\.py:{line}: {reason}\)" if "exec" not in way else reason
    text = told(program)
    assert re.search(r"^processes: \d started, \d measured, 1 silent \(.*" + where, text), text
    assert re.search(r"^processes: .* 1 silent$", told(program, "--complete", code=3))


@pytest.mark.parametrize(
    "statement",
    [
        "subprocess.run(['ls'], stdout=subprocess.DEVNULL)",
        "os.system('true')",
        "subprocess.run([PY, '--version'], stdout=subprocess.DEVNULL)",
        "subprocess.run([PY, '-V'], stdout=subprocess.DEVNULL)",
        "forked(lambda: os.execvp('true', ['true']))",
    ],
)
def test_what_runs_no_python_program_is_not_missed(program: Program, statement: str) -> None:
    write_program(program, statement)
    assert program.run("--source=.", "prog.py").code == 0
    assert "silent" not in told(program, "--complete")


@pytest.mark.parametrize(
    "statement",
    [
        "subprocess.run(['./missing'])",
        "os.execv('./missing', ['python'])",
        "os.posix_spawn('./missing', ['python'], {})",
    ],
)
def test_a_start_that_fails_is_none(program: Program, statement: str) -> None:
    program.write(
        "prog.py",
        f"""
        import os, subprocess, sys
        PY = sys.executable
        try:
            {statement}
        except OSError:
            print("no")
        """,
    )
    assert program.run("--source=.", "prog.py").out == "no\n"
    assert started(program) == []
    assert told(program) == ""


def test_a_program_alone_is_nothing_to_talk_about(program: Program) -> None:
    program.write("prog.py", "x = 1\n")
    assert program.run("--source=.", "prog.py").code == 0
    done = program.cov("report", "--complete")
    assert (done.code, done.err) == (0, "")
    assert program.left_behind() == []


def test_a_program_that_touches_no_measured_code_has_a_ledger_all_the_same(
    program: Program,
) -> None:
    program.write("src/never.py", "x = 1  # not run\n")
    program.write("prog.py", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    assert program.run("--source=src", "prog.py").code == -signal.SIGKILL
    assert program.journals() == []
    (ledger,) = [LedgerReader(path) for path in program.root.glob("*.cov-ledger-journal")]
    assert [record.kind for record in ledger.records()] == ["run", "armed"]
    assert not ledger.live
    assert program.cov("combine").code == 0
    assert program.left_behind() == []


def test_what_a_killed_run_started_is_known(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import os, signal, subprocess, sys
        subprocess.run([sys.executable, "-S", "-c", "pass"])
        os.kill(os.getpid(), signal.SIGKILL)
        """,
    )
    assert program.run("--source=.", "prog.py").code == -signal.SIGKILL
    assert "2 started, 1 measured, 1 silent (" in told(program)
    assert program.left_behind() == []


def test_a_killed_run_without_a_journal_knows_the_files_that_never_ran(program: Program) -> None:
    program.write("library/a.py", "x = 1\ny = 2\n")
    program.write("prog.py", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    assert program.run("--source=library", "prog.py").code == -signal.SIGKILL
    assert [name.rpartition(".")[2] for name in program.left_behind()] == ["cov-ledger-journal"]
    assert program.missing() == {"library/a.py": [1, 2]}


def test_a_report_while_the_program_runs_keeps_the_ledger(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import subprocess, sys
        subprocess.run([sys.executable, "-c", "pass"])
        print("ready", flush=True)
        sys.stdin.read()
        subprocess.run([sys.executable, "-c", "pass"])
        """,
    )
    command = [sys.executable, "-m", "cov_cli", "run", "--source=.", "prog.py"]
    environment = {**os.environ, VARIABLE: os.environ.get(VARIABLE, "")}
    with subprocess.Popen(
        command,
        cwd=program.root,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        assert told(program) == "processes: 2 started, 2 measured"
        assert " running " in program.cov("debug", "processes").out
        assert any(name.endswith(".cov-ledger-journal") for name in program.left_behind())
    assert process.returncode == 0
    assert told(program) == "processes: 3 started, 3 measured"
    assert program.left_behind() == []


def test_a_process_that_outlives_the_run_is_known_to_run_and_then_to_have_ended(
    program: Program,
) -> None:
    program.write("daemon.py", "import sys\nprint('up', flush=True)\nsys.stdin.read()\n")
    program.write(
        "prog.py",
        """
        import subprocess, sys
        process = subprocess.Popen([sys.executable, "daemon.py"], stdout=subprocess.PIPE)
        process.stdout.readline()
        process.returncode = 0  # no warning that it still runs
        """,
    )
    reader, writer = os.pipe()
    command = [sys.executable, "-m", "cov_cli", "run", "--source=.", "prog.py"]
    subprocess.run(command, cwd=program.root, stdin=reader, check=True, timeout=PATIENCE)
    os.close(reader)
    assert any(name.endswith(".cov-ledger-journal") for name in program.left_behind())
    assert " running " in program.cov("debug", "processes").out
    os.close(writer)
    finished(program)
    assert [p.ended for p in started(program)] == ["ended"]


def test_runs_that_are_appended_or_parallel_keep_their_processes(program: Program) -> None:
    write_program(program, MEASURED["subprocess"])
    for words in ([], ["--append"]):
        assert program.run("--source=.", *words, "prog.py").code == 0
    assert told(program) == "processes: 4 started, 4 measured"
    for _ in range(2):
        assert program.run("--source=.", "-p", "prog.py").code == 0
    assert program.cov("combine").code == 0
    assert told(program) == "processes: 4 started, 4 measured"


def test_a_measured_program_that_measures_another_does_not_miss_it(program: Program) -> None:
    program.write("inner.py", "x = 1\n")
    program.write(
        "prog.py",
        """
        import subprocess, sys
        inner = [sys.executable, "-m", "cov_cli", "run", "--data-file=inner.data", "inner.py"]
        subprocess.run(inner, check=True)
        """,
    )
    assert program.run("--source=.", "--data-file=.coverage", "prog.py").code == 0
    assert "silent" not in told(program, "--complete")
    assert program.cov("report", "-q", "--data-file=inner.data").code == 0


def test_two_hundred_at_once_are_all_known(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import subprocess, sys
        words = [sys.executable, "-I", "-c", "pass"]
        for process in [subprocess.Popen(words, env={}) for _ in range(200)]:
            process.wait()
        """,
    )
    assert program.run("--source=.", "prog.py").code == 0
    assert told(program) == "processes: 201 started, 201 measured"


def test_json_says_nothing_of_processes(program: Program) -> None:
    write_program(program, SILENT["no site"][0])
    assert program.run("--source=.", "prog.py").code == 0
    done = program.cov("json", "-q", "-o", "-")
    assert (done.code, done.err) == (0, "")
    assert set(json.loads(done.out)) == {"meta", "files", "totals"}


def test_coverage_py_reports_the_data_as_ever(program: Program) -> None:
    write_program(program, MEASURED["subprocess"])
    assert program.run("--source=.", "prog.py").code == 0
    done = program.start([sys.executable, "-m", "coverage", "report"])
    assert done.code == 0, done
    assert Path(program.data_file).exists()


def test_a_daemon_is_known_by_its_command_though_its_parents_are_gone(program: Program) -> None:
    program.write(
        "prog.py",
        "import os, time\n"
        "if os.fork():\n    os._exit(0)\n"
        "os.setsid()\n"
        "if os.fork():\n    os._exit(0)\n"
        "time.sleep(0.5)\n",
    )
    assert program.run("prog.py").code == 0
    program.cov("report", "-q")
    finished(program)
    assert [process.command.split()[-1] for process in started(program)] == ["prog.py"] * 2


# Whoever writes data files in a directory has a lock on it: while somebody else has it, they wait.
WATCHER = """
import fcntl, os, signal, sys, time
fcntl.flock(os.open(".", os.O_RDONLY), fcntl.LOCK_EX)
open("locked", "x").close()
ends = time.monotonic() + 20
while time.monotonic() < ends:
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = open(f"/proc/{pid}/cmdline", "rb").read()
            parent = int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == int(sys.argv[1]) and b"cov_cli.sealing" in words:
            os.kill(parent, signal.SIGUSR1)
            print("sent", flush=True)
            sys.exit()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to look into")
def test_signals_that_come_while_the_data_is_saved_come_too_late(program: Program) -> None:
    """The interpreter has taken the program's handlers away by then: they would kill it."""
    program.write("watcher.py", WATCHER)
    program.write(
        "prog.py",
        "import os, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGUSR1, lambda *_: None)\n"
        "watcher = [sys.executable, '-S', 'watcher.py', str(os.getpid())]\n"
        f"subprocess.Popen(watcher, env={{'{VARIABLE}': ''}})\n"
        "while not os.path.exists('locked'):\n    time.sleep(0.01)\n",
    )
    done = program.run("prog.py")
    assert (done.code, done.out) == (0, "sent\n")
