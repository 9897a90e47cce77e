"""Telling command lines of Python from others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cov_data.commandlines import (
    is_python,
    python_flags,
    python_words,
    runs_no_program,
    shell_command,
    shown,
)

PYTHONS = "python python3 python3.14 python3.13t python3.14td pythonw.exe Python.exe pypy pypy3.11"
OTHERS = "python3-config pythonista ipython python.sh git pypyx 3.11 python3.11.py"


@pytest.mark.parametrize("name", [*PYTHONS.split(), "/usr/bin/python3", "C:\\Py\\python.exe"])
def test_names_of_interpreters(name: str) -> None:
    assert is_python(name)


@pytest.mark.parametrize("name", [*OTHERS.split(), "", "/opt/py/python3/bin/tool"])
def test_names_of_others(name: str) -> None:
    assert not is_python(name)


def first_line(path: str) -> str:
    return {
        "/bin/tool": "#!/usr/bin/python3 -S\n",
        "/bin/other": "#! /usr/bin/env -S python3 -u\n",
        "/bin/embedded": "#!/opt/app/run\n",
        "/bin/script": "#!/bin/sh\n",
    }.get(path, "")


@pytest.mark.parametrize(
    ("executable", "argv", "expected"),
    [
        ("/usr/bin/python3", ["python", "-S", "x.py"], ["/usr/bin/python3", "-S", "x.py"]),
        ("", ["python", "x.py"], ["python", "x.py"]),
        ("/shims/run", ["python", "x.py"], ["python", "x.py"]),
        ("/bin/ls", ["ls"], None),
        ("", [], None),
        ("/opt/app/run", ["run", "x"], ["/opt/app/run", "x"]),
        ("/bin/tool", ["tool", "a"], ["/usr/bin/python3", "-S", "/bin/tool", "a"]),
        ("/bin/other", ["other"], ["python3", "-u", "/bin/other"]),
        ("/bin/embedded", ["x"], ["/opt/app/run", "/bin/embedded"]),
        ("/bin/script", ["script", "python"], None),
        ("/usr/bin/env", ["env", "-u", "A", "-i", "B=1", "python3", "x"], ["python3", "x"]),
        ("/usr/bin/env", ["env"], None),
        ("/bin/sh", ["/bin/sh", "-c", "python -S gen.py > out"], ["python", "-S", "gen.py"]),
        ("/bin/sh", ["sh", "-c", "A=1 B='x y' exec env C=2 python g.py"], ["python", "g.py"]),
        ("/bin/bash", ["bash", "-ec", "python x.py; ls"], ["python", "x.py"]),
        ("/bin/sh", ["sh", "-c", "/bin/tool a|cat"], ["/usr/bin/python3", "-S", "/bin/tool", "a"]),
        ("/bin/sh", ["sh", "-c", "make all"], None),
        ("/bin/sh", ["sh", "-c", "cd there && python x.py"], None),
        ("/bin/sh", ["sh", "-c", "python 'x"], ["python", "'x"]),
        ("/bin/sh", ["sh", "-c", ""], None),
        ("/bin/sh", ["sh", "build.sh", "python"], None),
        ("/bin/sh", ["sh"], None),
    ],
)
def test_the_command_line_of_a_python(
    executable: str, argv: list[str], expected: list[str] | None
) -> None:
    found = python_words(executable, argv, known={"/opt/app/run"}, first_line=first_line)
    assert found == expected


def test_scripts_are_not_looked_at_unless_somebody_can() -> None:
    assert python_words("/bin/tool", ["tool"]) is None


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        ("python x.py -S", ""),
        ("python -ISu x.py", "I S u"),
        ("python -X dev -Werror -W always -S x.py", "X W S"),
        ("python -Xfrozen_modules=off -S", "X S"),
        ("python -c -S", "c"),
        ("python -Bmmodule -S", "B m"),
        ("python - -S", ""),
        ("python --check-hash-based-pycs always -V", "--check-hash-based-pycs V"),
        ("python", ""),
    ],
)
def test_flags_stand_before_the_program(words: str, flags: str) -> None:
    assert python_flags(words.split()) == set(flags.split())


@pytest.mark.parametrize(
    "flag", ["-V", "-VV", "-h", "-?", "--version", "--help", "--help-env", "--help-all"]
)
def test_some_flags_run_no_program(flag: str) -> None:
    assert runs_no_program(python_flags(["python", flag]))
    assert not runs_no_program(python_flags(["python", "x.py", flag]))


def test_a_shells_command_is_what_stands_behind_its_flag() -> None:
    assert shell_command("/bin/sh", ["sh", "-c", "ls -l", "x"]) == "ls -l"
    assert shell_command("cmd.exe", ["cmd.exe", "/c", "dir"]) == "dir"
    assert shell_command("/bin/ls", ["ls", "-c", "x"]) is None


@pytest.mark.parametrize(
    ("argv", "text"),
    [
        (["/usr/bin/python3", "-S", "tools/gen.py"], "python3 -S tools/gen.py"),
        (["python", "-c", "import os\nprint(1)"], "python -c 'import os print(1)'"),
        (["/bin/sh", "-c", "python x.py  | cat"], "python x.py | cat"),
        (["python x.py; ls"], "python x.py; ls"),
        ([], "python"),
        (["python", "\x1b[31m\udc80"], "python '?[31m?'"),
        (["python", "x" * 200], f"python {'x' * 60}..."),
    ],
)
def test_a_command_line_is_shown_on_one_line(argv: list[str], text: str) -> None:
    assert shown(argv, "" if argv else "/bin/python") == text


@given(st.text(), st.lists(st.text()))
def test_no_command_line_is_too_odd(executable: str, argv: list[str]) -> None:
    words = python_words(executable, argv, known={"x"}, first_line=lambda path: f"#!{path}")
    python_flags(words or [])
    assert len(shown(argv, executable)) <= 70
