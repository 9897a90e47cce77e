"""Functions that start processes and threads are replaced where they come from, and put back.

Each test runs in an interpreter of its own, since what is replaced belongs to the interpreter.
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
import _thread, os, posix, sys
from cov_tracer._tracer import (
    follow_processes, follow_threads, keep_ledger, unfollow_processes, unfollow_threads
)

class Tracer:
    def wrap(self, function):
        return function

SETS = ("supports_fd", "supports_dir_fd", "supports_effective_ids", "supports_follow_symlinks")

def look():
    import subprocess, threading, _posixsubprocess
    found = {}
    for module in (os, posix, _posixsubprocess, _thread, subprocess, threading):
        for name, value in vars(module).items():
            if type(value) is type(len):
                found[module.__name__, name] = value
    return found

def changed(before, after):
    return sorted(".".join(key) for key in before if before[key] is not after[key])

def follow(*ways):
    follow_processes("WANTED=some text", os.path.dirname(os.__file__), ways)
"""


def run(folder: Path, text: str) -> str:
    """What a program prints, which must have nothing to complain about."""
    program = folder / "prog.py"
    program.write_text(PRELUDE + textwrap.dedent(text), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(program)],
        cwd=folder,
        env={**os.environ, "COV_SETTINGS": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


ANYWAY = ("fork", "forkpty", "setuid", "seteuid", "setreuid", "setresuid", "chroot")
EXEC = ("execv", "execve")
STARTS = ("posix_spawn", "posix_spawnp", "system")
WAYS = {
    "nothing but forks": (["fork", "_exit"], ANYWAY),
    "exec": (["execv"], (*ANYWAY, *EXEC)),
    "all": (["subprocess", "execv", "fork", "_exit"], (*ANYWAY, *EXEC, *STARTS)),
    "all but exec, which belongs to it": (["subprocess"], (*ANYWAY, *EXEC, *STARTS)),
}


@pytest.mark.parametrize("name", WAYS)
def test_what_is_replaced_depends_on_the_ways_that_are_followed(name: str, tmp_path: Path) -> None:
    ways, functions = WAYS[name]
    text = f"""
        before = look()
        follow(*{ways!r})
        print(*changed(before, look()), sep="\\n")
    """
    expected = {f"{module}.{name}" for module in ("os", "posix") for name in functions}
    if "subprocess" in ways:
        expected |= {"_posixsubprocess.fork_exec", "subprocess._fork_exec"}
    there = {name for name in expected if hasattr(os, name.partition(".")[2])}
    there |= {name for name in expected if "subprocess" in name}
    assert set(run(tmp_path, text).split()) == there


def test_new_threads_are_followed_by_all_names(tmp_path: Path) -> None:
    text = """
        before = look()
        follow_threads(Tracer())
        print(*changed(before, look()), sep="\\n")
    """
    names = {"start_new_thread", "start_new"}
    if sys.version_info >= (3, 13):
        names |= {"start_joinable_thread"}
    aliases = {"threading._start_new_thread"}
    if sys.version_info >= (3, 13):
        aliases = {"threading._start_joinable_thread"}
    found = set(run(tmp_path, text).split())
    assert {f"_thread.{name}" for name in names} | aliases <= found
    assert all(name.partition(".")[0] in ("_thread", "threading") for name in found)


def test_all_is_put_back(tmp_path: Path) -> None:
    text = """
        before, sets = look(), {name: set(getattr(os, name)) for name in SETS}
        follow("subprocess")
        follow_threads(Tracer())
        follow_threads(Tracer())  # what was replaced twice
        unfollow_threads()
        unfollow_processes()
        print(changed(before, look()))
        for name in SETS:
            now = getattr(os, name)
            assert {id(one) for one in now} == {id(one) for one in sets[name]}, name
        unfollow_processes()  # nothing is left to be put back
        unfollow_threads()
        print(changed(before, look()))
    """
    assert run(tmp_path, text) == "[]\n[]\n"


def test_what_a_function_can_do_is_told_of_its_wrapper(tmp_path: Path) -> None:
    text = """
        could = os.execve in os.supports_fd
        real = os.execve
        follow("execv")
        print(could, os.execve in os.supports_fd, any(one is real for one in os.supports_fd))
        unfollow_processes()
        print(os.execve in os.supports_fd)
    """
    assert run(tmp_path, text) == "True True False\nTrue\n"


def test_no_module_is_imported_but_the_one_of_subprocess(tmp_path: Path) -> None:
    text = """
        there = set(sys.modules)
        follow("execv")
        follow_threads(Tracer())
        print(sorted(set(sys.modules) - there))
        follow("subprocess")
        print(sorted(set(sys.modules) - there))
        import subprocess
        print(subprocess._fork_exec is sys.modules["_posixsubprocess"].fork_exec)
    """
    assert run(tmp_path, text) == "[]\n['_posixsubprocess']\nTrue\n"


def test_what_somebody_else_has_replaced_is_left_alone(tmp_path: Path) -> None:
    text = """
        def theirs(*args):
            return posix.getpid()
        os.system = posix.execv = os.fork = theirs
        _thread.start_new = os.getpid
        execv, fork = os.execv, posix.fork
        follow("subprocess")
        follow_threads(Tracer())
        print(os.system is theirs, posix.execv is theirs, os.execv is execv, os.fork is theirs)
        print(posix.fork is fork, _thread.start_new is os.getpid)
        unfollow_processes()
        print(os.system is theirs, posix.execv is theirs, os.execv is execv, posix.fork is fork)
    """
    assert run(tmp_path, text) == "True True True True\nFalse True\nTrue True True True\n"


def test_a_function_that_is_missing_is_passed_over(tmp_path: Path) -> None:
    text = """
        del os.system, posix.execv, os.register_at_fork, os.supports_fd
        del sys.modules["_thread"]
        os.supports_dir_fd = None
        follow("subprocess")
        follow_threads(Tracer())
        unfollow_threads()
        unfollow_processes()
        print(hasattr(os, "system"), hasattr(posix, "execv"))
    """
    assert run(tmp_path, text) == "False False\n"


@pytest.mark.parametrize("ways", ["5", "None"])
def test_nothing_stays_replaced_if_it_cannot_be_done(ways: str, tmp_path: Path) -> None:
    text = f"""
        before = look()
        for arguments in (("WANTED=text", "", {ways}), (5, "", ["subprocess"])):
            try:
                follow_processes(*arguments)
            except TypeError:
                print(changed(before, look()))
    """
    assert run(tmp_path, text) == "[]\n[]\n"


def test_a_fork_is_told_once_however_often_processes_are_followed(tmp_path: Path) -> None:
    text = """
        keep_ledger(os.path.abspath("ledger"))
        for _ in range(3):
            follow("fork")
            unfollow_processes()
        follow("fork")
        if os.fork() == 0:
            os._exit(0)
        os.wait()
    """
    run(tmp_path, text)
    (line,) = (tmp_path / "ledger").read_text().splitlines()
    assert "\tarmed\t" in line and "\thow=fork\t" in line


INTERPRETERS = "_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters"


def test_each_interpreter_has_its_own(tmp_path: Path) -> None:
    text = f"""
        import textwrap
        import {INTERPRETERS} as interpreters
        TEXT = '''
        import os
        from cov_tracer._tracer import follow_processes, unfollow_processes
        real = os.system
        follow_processes("WANTED=text", "", ["subprocess"])
        assert os.system is not real
        if {{}}:
            unfollow_processes()
            assert os.system is real
        '''
        def inside(puts_back):
            interpreter = interpreters.create()
            text = textwrap.dedent(TEXT).format(puts_back)
            assert not interpreters.run_string(interpreter, text)
            interpreters.destroy(interpreter)
        real = os.system
        inside(True)
        assert os.system is real
        follow("subprocess")
        ours = os.system
        inside(True)
        inside(False)
        assert os.system is ours and ours is not real
        unfollow_processes()
        print(os.system is real)
    """
    assert run(tmp_path, text) == "True\n"
