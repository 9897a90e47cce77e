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

# `# theirs`: what is called under the program's own function, or runs while there is none.
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

FRESH = """
    def fresh(n):
        if n > 1:  # theirs
            n -= 1  # theirs
        return n  # theirs
    """

TOOK_OVER = "after line {0} another trace function took over; "

PROGRAMS = {
    "a trace function that stays": (
        OWN
        + FRESH
        + """
    sys.settrace(trace)
    fresh(2)
    later = 3
    """,
        [TOOK_OVER + "what was called or traced by it from then on is unknown"],
    ),
    "a trace function for a while": (
        OWN
        + FRESH
        + """
    old = sys.gettrace()
    sys.settrace(trace)
    for n in range(3):
        fresh(n)
    sys.settrace(old)
    work(4)
    later = 3
    print(len(events))
    """,
        [TOOK_OVER + "what was called or traced by it until line {1} is unknown"],
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
        + FRESH
        + """
    import threading
    def run():
        sys.settrace(trace)
        fresh(2)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    later = 3
    """,
        [TOOK_OVER + "what was called or traced by it from then on is unknown"],
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
    for ledger in program.root.glob("*.cov-ledger-journal"):
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


@EVERY_TRACED
def test_active_functions_go_on_under_another_trace_function(core: str, program: Program) -> None:
    program.write(
        "prog.py",
        """
        import sys
        def trace(frame, event, arg):  # pragma: no cover
            return None
        def work(n):
            old = sys.gettrace()
            sys.settrace(trace)
            if n > 1:
                n = 1
            sys.settrace(None)
            if n > 2:
                n = 1
            sys.settrace(trace)
            for i in range(n):
                n += i
            sys.settrace(old)
            return n
        work(1)
        """,
    )
    armed = program.run("--branch", "prog.py", env={"COVERAGE_CORE": core})
    assert armed.code == 0, armed
    with Reader(program.data_file) as data:
        arcs = data.arcs(str(program.root / "prog.py"))
    inside = {arc for arc in arcs if 4 < arc[0] < 17}
    assert inside == {(5, 6), (6, 7), (7, 9), (12, 13), (13, 14), (14, 13), (13, 15), (15, 16)} | {
        (16, -4)
    }


# Programs in which something went on unseen, so that what came before and after is no way: the pair
# of lines is marked.
GAPS = {
    "a generator that others resumed": """
        import sys
        def other(*event):
            return None
        def generate():
            if (yield 1):  # from
                x = 1
                sys.settrace(other)
            x = 2  # to
            yield x
        generator = generate()
        next(generator)
        sys.settrace(other)
        generator.send(5)
        """,
    "a frame at the place of an earlier one": """
        import sys
        def other(*event):
            return None
        def work(n):
            if n == 2:
                sys.settrace(other)
            elif n == 0 and sys.settrace(None) is None:  # from
                n = 5
            n = 3  # to
        work(0)
        sys.settrace(other)
        work(2)
        """,
    "a greenlet that others resumed": """
        import sys, greenlet
        main = greenlet.getcurrent()
        def other(*event):
            return None
        def work():
            if main.switch(1):  # from
                x = 2
                main.switch(2)
            x = 4  # to
        green = greenlet.greenlet(work)
        green.switch()
        old = sys.gettrace()
        sys.settrace(other)
        green.switch(1)
        sys.settrace(old)
        green.switch(0)
        """,
    "a frame that a debugger had": """
        import sys
        def debug(*event):
            return debug
        def other(*event):
            return None
        def work():
            sys.settrace(debug)
            if setattr(sys._getframe(), "f_trace", debug) is None:  # from
                x = 1
                del sys._getframe().f_trace
                sys.settrace(other)
            x = 2  # to
        work()
        """,
}


@EVERY_TRACED
@pytest.mark.parametrize("name", GAPS)
def test_nothing_leads_over_what_was_not_seen(name: str, core: str, program: Program) -> None:
    path = program.write("prog.py", GAPS[name])
    armed = program.run("--branch", "prog.py", env={"COVERAGE_CORE": core})
    assert armed == program.plain("prog.py") == Outcome(0, "", "")
    lines = path.read_text().splitlines()
    (start,) = (n for n, line in enumerate(lines, 1) if "# from" in line)
    (to,) = (n for n, line in enumerate(lines, 1) if "# to" in line)
    with Reader(program.data_file) as data:
        name = str(program.root / "prog.py")
        assert start in data.lines(name)
        assert (start, to) not in data.arcs(name)


@EVERY_TRACED
def test_a_function_that_hands_events_on_tells_of_the_right_file(
    core: str, program: Program
) -> None:
    """Both files have the same name, and which one is meant is asked of the frame that runs."""
    program.write("sub/prog.py", "x = 1\n\n\n\n\n\ny = 2\n")
    program.write(
        "prog.py",
        """
        import sys
        old = sys.gettrace()
        def hand_on(frame, event, arg):
            if old:
                old(frame, event, arg)
        def never():
            return 1
        code = compile(open("sub/prog.py").read(), "sub/prog.py", "exec")
        sys.settrace(hand_on)
        exec(code, {"__file__": "sub/prog.py"})
        """,
    )
    armed = program.run("prog.py", env={"COVERAGE_CORE": core})
    assert armed == program.plain("prog.py") == Outcome(0, "", "")
    missing = program.missing()
    assert 7 in missing["prog.py"]
    if core == "ctrace":
        assert "sub/prog.py" in missing


GIVEN_BACK_ONCE = """
    import sys
    def other(*event):
        return None
    old = sys.gettrace()
    def work(back):
        sys.settrace(other)
        if back:
            sys.settrace(old)
    work(1)
    work(0)
    """
TWICE = (
    "prog.py: after line 6 another trace function took over; "
    "what was called or traced by it {} is unknown (2 times)"
)


@EVERY_TRACED
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", [TWICE.format("from then on")]),
        (
            "sys.settrace(None)\n",
            [
                TWICE.format("until line 11"),
                (
                    "prog.py: after line 11 the trace function was taken away; "
                    "what ran from then on is unknown"
                ),
            ],
        ),
    ],
    ids=["it stays", "nothing is traced"],
)
def test_the_end_that_is_told_is_that_of_the_last_time(
    more: str, told: list[str], core: str, program: Program
) -> None:
    path = program.write("prog.py", GIVEN_BACK_ONCE)
    path.write_text(path.read_text() + more)
    assert program.run("prog.py", env={"COVERAGE_CORE": core}) == Outcome(0, "", "")
    assert troubles(program) == told


def test_who_is_measured_no_more_leaves_frames_alone(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import sys
        from cov_cli.measured import session
        def work():
            sys.settrace(lambda *event: None)
            session.end()
            sys.settrace(None)
            return sys._getframe().f_trace
        print(work())
        """,
    )
    armed = program.run("prog.py", env={"COVERAGE_CORE": "ctrace"})
    assert armed == Outcome(0, "None\n", "")


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
    ledger = "".join(path.read_text() for path in program.root.glob("*.cov-ledger-journal"))
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


# Programs that use sys.monitoring themselves. The one at the place of EARLY runs after `work` is
# known to us, in the midst of calls, loops and generators.
MONITORING = """
    import sys, threading
    M = sys.monitoring
    E = M.events
    events = []
    def work(n):
        if n % 2:
            n += 1
        return n
    def later(n):
        if n > 1:
            return 1
        return 0
    def steps():
        yield 1
        yield work(1)
        yield later(2)
    def attempt(n):
        try:  # maybe
            return M.use_tool_id(n, "x")  # maybe
        except Exception as error:  # maybe
            return repr(error)  # maybe
    def tool(number):
        M.use_tool_id(number, "mine")  # maybe
        note = lambda code, line: events.append((number, line))  # maybe
        M.register_callback(number, E.LINE, note)  # maybe
        note = lambda code, at: events.append(code.co_name)  # maybe
        M.register_callback(number, E.PY_START, note)  # maybe
    started = steps()
    next(started)
    begun, go = threading.Event(), threading.Event()
    def elsewhere():
        begun.set()
        go.wait()
        later(1)
        events.append("elsewhere")
    thread = threading.Thread(target=elsewhere)
    thread.start()
    begun.wait()
    def main():
        total = work(2)
        {early}
        total += work(1)
        for n in range(2):
            total += later(n + 1)
        return total
    print(main())
    print(list(started))
    go.set()
    thread.join()
    for name in sorted(set(map(str, events))):
        print(name)
    """

EARLY = {
    **{f"tool id {n}": f"tool({n}); M.set_events({n}, E.PY_START)" for n in range(6)},
    "all ids": "[tool(n) for n in range(6)]; M.set_events(3, E.PY_START)",
    "all ids one by one": "[M.use_tool_id(n, 'x') for n in (5, 0, 4, 2, 3, 1)]; work(3)",
    "all free ids": "[tool(n) for n in range(6) if M.get_tool(n) is None]",
    "ids are told": "print([M.get_tool(n) for n in range(6)])",
    "all ids are given back": "[M.free_tool_id(n) for n in range(6)]; tool(1)",
    "taken and given back": "tool(1); M.free_tool_id(1); tool(3); M.free_tool_id(3); tool(1)",
    "lines of one function": "tool(1); M.set_local_events(1, work.__code__, E.LINE)",
    "lines of everything": "tool(2); M.set_events(2, E.LINE)",
    "restarts": "tool(4); M.set_events(4, E.LINE); M.restart_events(); work(2); M.restart_events()",
    "wrong numbers": "print([attempt(n) for n in (6, -1, 2**70, 1.5, None)])",
}


@pytest.mark.skipif(CORE != "sysmon", reason="no sys.monitoring")
@pytest.mark.parametrize("name", EARLY)
def test_users_of_monitoring_do_not_notice_us_and_nothing_is_lost(
    name: str, program: Program
) -> None:
    path = program.write("prog.py", MONITORING.format(early=EARLY[name]))
    plain = program.plain("prog.py")
    assert plain.err == ""
    assert program.run("--branch", "prog.py") == plain
    found = program.report()["prog.py"]
    lines = path.read_text(encoding="utf-8").splitlines()
    maybe = {number for number, line in enumerate(lines, 1) if "# maybe" in line}
    assert set(found["missing_lines"]) <= maybe
    assert all(start in maybe for start, _ in found["missing_branches"])
