"""Programs with trace functions of their own: nothing changes for them, and what we miss is told.

With sys.monitoring (`sysmon`) nobody is in anybody's way, so nothing is missed.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from support.program import CORES, Outcome, Program

from cov_data import Reader
from cov_tracer import CORE

TRACED = tuple(core for core in CORES if core != "sysmon")
EVERY_TRACED = pytest.mark.parametrize("core", TRACED)

# What comes to pass under the program's own function is marked `# theirs`.
OWN = """
    import sys
    events = []
    def trace(frame, event, arg):  # pragma: no cover
        events.append((event, frame.f_lineno))
        return trace
    def work(n):
        return n
    work(1)
    """

PROGRAMS = {
    "a trace function that stays": (
        OWN
        + """
    sys.settrace(trace)
    work(2)  # theirs
    later = 3  # theirs
    """,
        ["after line {0} another trace function took over; what ran from then on is unknown"],
    ),
    "a trace function for a while": (
        OWN
        + """
    old = sys.gettrace()
    sys.settrace(trace)
    for n in range(3):  # theirs
        work(n)  # theirs
    sys.settrace(old)
    work(4)
    later = 3
    print(len(events))
    """,
        ["after line {0} another trace function took over; what ran until line {1} is unknown"],
    ),
    "tracing switched off": (
        OWN
        + """
    sys.settrace(None)
    later = 3  # theirs
    """,
        ["after line {0} the trace function was taken away; what ran from then on is unknown"],
    ),
    "a decorator that saves and restores": (
        OWN
        + """
    def unseen(function):
        def wrapper(*args):
            old = sys.gettrace()
            sys.settrace(None)
            try:  # theirs
                return function(*args)  # theirs
            finally:
                sys.settrace(old)
        return wrapper
    @unseen
    def secret(n):
        return n + 1  # theirs
    secret(1)
    secret(2)
    print(secret(3))
    """,
        [
            (
                "after line {0} the trace function was taken away; "
                "what ran until line {1} is unknown (3 times)"
            )
        ],
    ),
    "in another thread": (
        OWN
        + """
    import threading
    def run():
        sys.settrace(trace)
        work(2)  # theirs
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    later = 3
    """,
        ["after line {0} another trace function took over; what ran from then on is unknown"],
    ),
    "saved and restored without a change": (
        OWN
        + """
    sys.settrace(sys.gettrace())
    later = 3
    """,
        [],
    ),
    "doctest": (
        '''
    """
    >>> double(2)
    4
    """
    import doctest
    def double(n):
        return n + n
    print(doctest.testmod())
    double(3)
    ''',
        [],
    ),
}


def troubles(program: Program) -> list[str]:
    """The last sentence about each matter, from the data or what lies around."""
    lines: list[str] = []
    for ledger in program.root.glob("*.cov-ledger"):
        lines += ledger.read_text(encoding="utf-8").splitlines()
    if program.data_file.exists():
        data = sqlite3.connect(program.data_file)
        if data.execute("select 1 from sqlite_master where name = 'cov_ledger'").fetchone():
            lines += [text for (text,) in data.execute("select record from cov_ledger")]
        data.close()
    found: dict[str, tuple[int, str]] = {}
    for line in lines:
        if "\ttrouble\t" in line:
            fields = dict(part.partition("=")[::2] for part in line.split("\t"))
            told = (int(fields["time"]), fields["text"])
            found[fields["about"]] = max(told, found.get(fields["about"], told))
    return [text.replace(f"{program.root}/", "") for _, text in sorted(found.values())]


def places(program: Program, path: Path) -> tuple[int, ...]:
    """The first and last line that names sys.settrace."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines, 1) if "sys.settrace(" in line]
    return (found[0], found[-1]) if found else ()


@EVERY_TRACED
@pytest.mark.parametrize("name", PROGRAMS)
def test_being_displaced_is_noticed_and_told(name: str, core: str, program: Program) -> None:
    text, told = PROGRAMS[name]
    path = program.write("prog.py", text)
    armed = program.run("--branch", "prog.py", env={"COVERAGE_CORE": core})
    assert armed == program.plain("prog.py")
    wanted = [f"prog.py: {sentence}".format(*places(program, path)) for sentence in told]
    assert troubles(program) == wanted
    found = program.report()["prog.py"]
    theirs = {n for n, line in enumerate(path.read_text().splitlines(), 1) if "# theirs" in line}
    assert set(found["missing_lines"]) <= theirs
    if core == "ctrace":
        assert set(found["missing_lines"]) == theirs


@EVERY_TRACED
def test_no_way_leads_from_before_into_what_came_after(core: str, program: Program) -> None:
    program.write(
        "prog.py",
        """
        import sys
        def work(n):
            old = sys.gettrace()
            if n: sys.settrace(None)
            if n > 1:
                n = 1
            sys.settrace(old)
            return n
        work(1)
        """,
    )
    assert program.run("--branch", "prog.py", env={"COVERAGE_CORE": core}) == Outcome(0, "", "")
    with Reader(program.data_file) as data:
        arcs = data.arcs(str(program.root / "prog.py"))
    inside = {arc for arc in arcs if 2 < arc[0] < 9}
    assert inside == {(3, 4), (7, 8), (8, -2)}


@pytest.mark.skipif(CORE != "sysmon", reason="no sys.monitoring")
@pytest.mark.parametrize("name", PROGRAMS)
def test_events_are_in_nobodys_way(name: str, program: Program) -> None:
    program.write("prog.py", PROGRAMS[name][0])
    assert program.run("--branch", "prog.py") == program.plain("prog.py")
    assert program.missing() == {"prog.py": []}
    assert troubles(program) == []


@pytest.mark.parametrize("core", CORES)
def test_the_debugger_works_as_ever(core: str, program: Program) -> None:
    program.write(
        "prog.py",
        """
        import io, pdb
        def work(n):
            total = n
            total += 1
            return total
        commands = io.StringIO("next\\nnext\\np total\\nreturn\\ncontinue\\n")
        debugger = pdb.Pdb(stdin=commands, stdout=io.StringIO(), nosigint=True, readrc=False)
        print(debugger.runcall(work, 2))
        print(debugger.stdout.getvalue().count("total"))
        work(3)
        """,
    )
    plain = program.plain("prog.py")
    assert plain.code == 0
    assert program.run("prog.py", env={"COVERAGE_CORE": core}) == plain
    told = troubles(program)
    assert (told == []) == (core == "sysmon")
    if core == "sysmon":
        assert program.missing() == {"prog.py": []}


@EVERY_TRACED
def test_the_function_that_stands_in_looks_like_the_real_one(core: str, program: Program) -> None:
    program.write(
        "prog.py",
        """
        import pickle, sys
        real = sys.settrace
        print(real, real.__name__, real.__qualname__, real.__module__, real.__self__, type(real))
        print(real.__doc__, real.__text_signature__, pickle.loads(pickle.dumps(real)) is real)
        for words in ((), (1, 2)):
            try:
                real(*words)
            except TypeError as error:
                print(error)
        try:
            real(function=None)
        except TypeError as error:
            print(error)
        print(real(sys.gettrace()))
        sys.addaudithook(lambda event, args: "settrace" in event and print(event, args))
        real(sys.gettrace())
        """,
    )
    assert program.run("prog.py", env={"COVERAGE_CORE": core}) == program.plain("prog.py")
    assert program.missing() == {"prog.py": []}


@EVERY_TRACED
def test_many_places_do_not_make_many_words(core: str, program: Program) -> None:
    lines = "".join("old = sys.gettrace(); sys.settrace(None); sys.settrace(old)\n" * 30)
    program.write(
        "prog.py",
        "import sys\nfor _ in range(100):\n    " + "    ".join(lines.splitlines(keepends=True)),
    )
    assert program.run("prog.py", env={"COVERAGE_CORE": core}) == Outcome(0, "", "")
    told = troubles(program)
    assert len(told) == 21
    assert "other trace functions took over 1000 times at further places" in told[-1]
    ledger = "".join(path.read_text() for path in program.root.glob("*.cov-ledger"))
    assert ledger.count("\ttrouble\t") < 100


@EVERY_TRACED
def test_a_forked_child_that_is_displaced_tells_it(core: str, program: Program) -> None:
    program.write(
        "prog.py",
        """
        import os, sys
        if os.fork() == 0:
            sys.settrace(None)
            os._exit(0)
        os.wait()
        """,
    )
    assert program.run("prog.py", env={"COVERAGE_CORE": core}) == Outcome(0, "", "")
    (told,) = troubles(program)
    assert told.startswith("prog.py: after line 3 the trace function was taken away")
