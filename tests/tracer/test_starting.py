"""Wrapped functions that start processes: the same to a program, but for what is started.

Issue 3: whatever environment a program passes on, the child is armed; the ledger knows who started
it. Each test runs in an interpreter of its own, since what is set belongs to the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="other functions start processes there")

PRELUDE = """
import os, posix, sys, _posixsubprocess
from cov_tracer._tracer import follow_processes, keep_ledger, record, unfollow_processes

os.environ.pop("WANTED", None)
LIBRARY = os.path.dirname(os.__file__)
follow_processes("WANTED=some text", LIBRARY, ["subprocess"])
keep_ledger(os.path.abspath("ledger"))
import subprocess
SHOW = [sys.executable, "-c", "import os; print(os.environ.get('WANTED', 'nothing'))"]
"""


def unmeasured() -> dict[str, str]:
    """An environment in which only the program itself wraps functions, once."""
    return {**os.environ, "COV_SETTINGS": ""}


def run(folder: Path, text: str) -> str:
    """What a program prints that has its functions wrapped."""
    program = folder / "prog.py"
    program.write_text(PRELUDE + textwrap.dedent(text), encoding="utf-8")
    command = [sys.executable, "-u", str(program)]
    done = subprocess.run(
        command, cwd=folder, env=unmeasured(), capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


def plain(folder: Path, text: str) -> str:
    """The same with the functions as they are."""
    program = folder / "plain.py"
    program.write_text("import os, subprocess, sys\n" + textwrap.dedent(text), encoding="utf-8")
    command = [sys.executable, str(program)]
    done = subprocess.run(command, env=unmeasured(), capture_output=True, text=True, check=True)
    return done.stdout


def records(folder: Path, kind: str) -> list[dict[str, list[str]]]:
    """The records of a kind in the ledger: each key's values."""
    found = []
    for line in (folder / "ledger").read_bytes().splitlines():
        mark, check, rest = line.split(b"\t", 2)
        assert (mark, int(check, 16)) == (b"cov1", sum(rest) & 0xFFFFFFFF)
        what, *fields = rest.decode().split("\t")
        if what == kind:
            values: dict[str, list[str]] = {}
            for name, _, value in (field.partition("=") for field in fields):
                values.setdefault(name, []).append(value)
            found.append(values)
    return found


ENVIRONMENTS = {
    "subprocess, as it is": "subprocess.run(SHOW)",
    "subprocess, none": "subprocess.run(SHOW, env={})",
    "subprocess, a few": "subprocess.run(SHOW, env={'PATH': '/bin'})",
    "subprocess, bytes": "subprocess.run(SHOW, env={b'PATH': b'/bin'})",
    "subprocess without posix_spawn": "subprocess.run(SHOW, env={}, cwd='.')",
    "subprocess with preexec_fn": "subprocess.run(SHOW, env={}, preexec_fn=lambda: None)",
    "a shell": "subprocess.run(['/bin/sh', '-c', 'exec \"$@\"', 'sh', *SHOW], env={})",
    "posix_spawn": "os.waitpid(os.posix_spawn(SHOW[0], SHOW, {}), 0)",
    "posix_spawn, os.environ": "os.waitpid(os.posix_spawn(SHOW[0], SHOW, os.environ), 0)",
    "posix_spawnp": "os.waitpid(os.posix_spawnp(SHOW[0], SHOW, {'A': 'b'}), 0)",
    "spawnve": "os.spawnve(os.P_WAIT, SHOW[0], SHOW, {})",
    "spawnv": "os.spawnv(os.P_WAIT, SHOW[0], SHOW)",
    "execv": "os.execv(SHOW[0], SHOW)",
    "execve": "os.execve(SHOW[0], SHOW, {})",
    "execve with names": "os.execve(path=SHOW[0], argv=SHOW, env={'A': 'b'})",
    "execvpe": "os.execvpe('env', ['env', *SHOW], {'PATH': os.environ['PATH']})",
    "execle": "os.execle(SHOW[0], *SHOW, {})",
    "system": "import shlex; os.system(shlex.join(SHOW))",
}


@pytest.mark.parametrize("cleared", [False, True], ids=["usual", "cleared"])
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_new_process_gets_the_variable(name: str, cleared: bool, tmp_path: Path) -> None:
    text = ENVIRONMENTS[name]
    if cleared:
        text = f"path = os.environ['PATH']; os.environ.clear(); os.environ['PATH'] = path\n{text}"
    assert run(tmp_path, text) == "some text\n"


def test_the_program_does_not_see_the_variable_that_was_put_in_for_a_child(tmp_path: Path) -> None:
    text = """
        given = {"A": "b"}
        os.system("true")
        subprocess.run(["true"], env=given)
        os.waitpid(os.posix_spawn("/bin/true", ["true"], given), 0)
        print(given, "WANTED" in os.environ, os.popen("echo $WANTED").read())
    """
    assert run(tmp_path, text) == "{'A': 'b'} False some text\n\n"


@pytest.mark.parametrize("own", ["", "theirs"])
def test_an_environment_that_has_the_variable_is_left_alone(own: str, tmp_path: Path) -> None:
    text = f"""
        subprocess.run(SHOW, env={{"WANTED": {own!r}}})
        os.waitpid(os.posix_spawn(SHOW[0], SHOW, {{b"WANTED": {own.encode()!r}}}), 0)
        os.environ["WANTED"] = {own!r}
        os.spawnv(os.P_WAIT, SHOW[0], SHOW)
    """
    assert run(tmp_path, text) == f"{own}\n" * 3
    assert [start["kept_out"] for start in records(tmp_path, "start")] == [["1"]] * 3


def test_the_variable_stays_as_long_as_one_of_two_threads_needs_it(tmp_path: Path) -> None:
    text = """
        import ctypes, threading, time
        getenv = ctypes.CDLL(None).getenv
        getenv.restype = ctypes.c_char_p
        def start(name):
            os.system(f"touch {name}.begun; until [ -e {name}.end ]; do sleep 0.01; done")
        def begin(name):
            thread = threading.Thread(target=start, args=(name,))
            thread.start()
            while not os.path.exists(f"{name}.begun"):
                time.sleep(0.01)
            return thread
        def end(name, thread):
            open(f"{name}.end", "x").close()
            thread.join()
        first, second = begin("first"), begin("second")
        end("first", first)
        print(getenv(b"WANTED"))
        end("second", second)
        print(getenv(b"WANTED"))
    """
    assert run(tmp_path, text) == "b'some text'\nNone\n"


def test_a_function_may_go_with_other_garbage(tmp_path: Path) -> None:
    # Its module may go before it. Freed memory is filled with ones, so that a use of it shows.
    text = """
        import gc
        class Node: pass
        for _ in range(200):
            unfollow_processes()
            follow_processes("WANTED=some text", LIBRARY, ["subprocess"])
            node = Node()
            node.itself, node.function = node, _posixsubprocess.fork_exec
        unfollow_processes()
        del node
        gc.collect()
        print("fine")
    """
    program = tmp_path / "prog.py"
    program.write_text(PRELUDE + textwrap.dedent(text), encoding="utf-8")
    command = [sys.executable, str(program)]
    env = {**unmeasured(), "MALLOC_PERTURB_": "255"}
    done = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "fine\n", "")


def test_errors_are_the_originals_with_no_frame_of_ours(tmp_path: Path) -> None:
    text = """
        import traceback
        for call in (
            lambda: os.execv("/nowhere/prog", ["prog"]),
            lambda: os.execve("/nowhere/prog", ["prog"], {}),
            lambda: os.execv("/bin/true", []),
            lambda: os.execve("/bin/true", ["true"], 5),
            lambda: os.posix_spawn("/nowhere/prog", ["prog"], {}),
            lambda: os.posix_spawn("/bin/true"),
            lambda: os.system(),
            lambda: subprocess.run(["/nowhere/prog"]),
            lambda: subprocess.run(["true"], env={"A=": "b"}),
        ):
            try:
                call()
            except Exception as error:
                print(type(error).__name__, error, len(traceback.extract_tb(error.__traceback__)))
    """
    wrapped = run(tmp_path, text)
    assert wrapped == plain(tmp_path, text)
    withdrawn = [record["id"] for record in records(tmp_path, "withdrawn")]
    assert [record["id"] for record in records(tmp_path, "start")] == withdrawn


def test_the_functions_look_like_the_originals(tmp_path: Path) -> None:
    text = """
        import inspect, pickle
        for name in ("execve", "execv", "posix_spawn", "posix_spawnp", "system"):
            function = getattr(os, name)
            print(function, function.__doc__, inspect.isbuiltin(function), function.__module__)
            print(pickle.loads(pickle.dumps(function)) is function, function.__qualname__)
            try:
                print(inspect.signature(function))
            except ValueError:
                print("no signature")
    """
    assert run(tmp_path, text) == plain(tmp_path, text)


def test_trace_functions_see_nothing_of_it(tmp_path: Path) -> None:
    text = """
        seen = []
        def trace(frame, event, arg):
            seen.append((event, frame.f_code.co_name))
            return trace
        def start():
            os.posix_spawn("/bin/true", ["true"], {})
        sys.settrace(trace)
        start()
        sys.settrace(None)
        os.wait()
        print(seen)
    """
    assert run(tmp_path, text) == f"{[(e, 'start') for e in ('call', 'line', 'return')]}\n"


def test_the_ledger_knows_who_started_what(tmp_path: Path) -> None:
    text = """
        def helper():
            return subprocess.run(["true", "a\\tb", "c\\\\d", "ÿ"], env={}).returncode  # here
        helper()
        os.system("exit 3")  # there
        print(os.getpid())
    """
    pid = int(run(tmp_path, text))
    first, second = records(tmp_path, "start")
    lines = (tmp_path / "prog.py").read_text().splitlines()
    places = [str(next(n for n, t in enumerate(lines, 1) if mark in t)) for mark in ("here", "the")]
    assert first["argv"] == ["true", r"a\tb", r"c\\d", "ÿ"]
    assert first["how"][0] in ("subprocess", "posix_spawn")
    assert first["executable"][0].endswith("/true")
    assert (first["file"], first["line"]) == ([str(tmp_path / "prog.py")], [places[0]])
    assert first["pid"] == second["pid"] == [str(pid)]
    assert int(first["child"][0]) != pid
    assert (second["how"], second["argv"]) == (["system"], ["exit 3"])
    assert first["id"] != second["id"]
    assert "child" not in second


def test_a_start_that_fails_is_withdrawn(tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("no program")
    (tmp_path / "broken").chmod(0o755)
    text = """
        try:
            os.execv("./broken", ["broken"])
        except OSError as error:
            print(error.strerror)
    """
    assert run(tmp_path, text) == "Exec format error\n"
    (start,) = records(tmp_path, "start")
    (withdrawn,) = records(tmp_path, "withdrawn")
    assert withdrawn["id"] == start["id"]


def test_a_program_that_the_child_cannot_run_is_no_start(tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("no program")
    (tmp_path / "broken").chmod(0o755)
    text = """
        for words, folder in ((["./broken"], None), (SHOW, "missing"), (SHOW, "broken")):
            try:
                subprocess.run(words, cwd=folder)
            except OSError as error:
                print(error.strerror)
    """
    shown = "Exec format error\nNo such file or directory\nNot a directory\n"
    assert run(tmp_path, text) == shown
    assert not (tmp_path / "ledger").exists()


def test_without_a_ledger_or_a_variable_the_original_is_called(tmp_path: Path) -> None:
    text = """
        keep_ledger(None)
        os.system("echo $WANTED")
        unfollow_processes()
        subprocess.run(SHOW, env={})
        os.system("echo $WANTED")
    """
    assert run(tmp_path, text) == "some text\nnothing\n\n"
    assert not (tmp_path / "ledger").exists()


def test_records_that_cannot_be_written_wait(tmp_path: Path) -> None:
    text = """
        keep_ledger(os.path.abspath("later/ledger"))
        os.system("true")
        os.mkdir("later")
        os.system("false")
        os.rename("later/ledger", "ledger")
    """
    run(tmp_path, text)
    assert [start["argv"] for start in records(tmp_path, "start")] == [["true"], ["false"]]


def test_a_very_long_command_is_cut(tmp_path: Path) -> None:
    run(tmp_path, "subprocess.run(['true', 'é' * 50_000, 'never seen'], env={})")
    (start,) = records(tmp_path, "start")
    assert start["cut"] == ["1"]
    assert start["argv"][1] == "é" * len(start["argv"][1])
    assert len(start["argv"]) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root's alone")
@pytest.mark.parametrize("change", ["setuid(65534)", "seteuid(65534)", "setresuid(-1, 65534, 0)"])
def test_giving_up_rights_is_told_while_it_can_be(change: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    name = change.partition("(")[0]
    text = f"""
        try:
            os.{name}("nobody")
        except TypeError as error:
            print(error.__traceback__.tb_next)
        os.{name}({change.removeprefix(name)[1:-1].replace("65534", "0")})  # may write as before
        os.{change}  # here
        os.system("true")  # told to nobody
    """
    assert run(tmp_path, text) == "None\n"
    (trouble,) = records(tmp_path, "trouble")
    line = next(
        n for n, t in enumerate((tmp_path / "prog.py").read_text().splitlines(), 1) if "# here" in t
    )
    assert "cannot write" in trouble["text"][0]
    assert trouble["line"] == [str(line)]
    assert records(tmp_path, "start") == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root's alone")
def test_leaving_the_file_system_is_told_while_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "jail").mkdir()
    run(tmp_path, "os.chroot('jail')")
    (trouble,) = records(tmp_path, "trouble")
    assert "cannot write" in trouble["text"][0]


def test_records_of_many_processes_at_once_do_not_mix(tmp_path: Path) -> None:
    text = """
        for number in range(8):
            if os.fork() == 0:
                for turn in range(200):
                    record("turn", [("number", str(number)), ("text", "x" * turn * 5)])
                os._exit(0)
        for number in range(8):
            os.wait()
    """
    run(tmp_path, text)
    turns = records(tmp_path, "turn")
    assert len(turns) == 8 * 200
    assert {turn["number"][0] for turn in turns} == set("01234567")
