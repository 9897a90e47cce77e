"""cov explain: real programs, run with cov run, and why their lines have their colours."""

from __future__ import annotations

import importlib
import json
import os
import re
import textwrap
from pathlib import Path

import pytest
from cli.recording import PROGRAM, TRUE_WAY, record, save
from cli.running import Outcome, Project
from data.journals import own_start
from data.ledgers import GONE, LedgerWriter

from cov_cli.commands.explain import split_place
from cov_data import FileRecord

PRAGMA = r"#\s*(pragma|PRAGMA)[:\s]?\s*(no|NO)\s*(cover|COVER)"

# A call whose failure goes no further.
CALL = "try:\n    f()\nexcept IndexError:\n    pass\n"


def measure(project: Project, text: str, *words: str, name: str = "prog.py") -> None:
    """Run a program under measurement; how it ends does not matter."""
    project.write(name, text)
    project.cov("run", *words, name)


def why(project: Project, *places: str) -> list[str]:
    """What `cov explain` says: heads and facts without their decoration."""
    outcome = explained(project, *places)
    lines = [line for line in outcome.out.splitlines() if line and not line.startswith("    ")]
    return [line.removeprefix("  - ") for line in lines]


def explained(project: Project, *places: str) -> Outcome:
    outcome = project.cov("explain", *places)
    assert (outcome.code, outcome.err) == (0, ""), outcome
    return outcome


# ---- one program a reason --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "facts"),
    [
        pytest.param("a = 1\n", 1, ["ran"], id="ran"),
        pytest.param(
            "import sys\nif sys.argv:\n    a = 1\nb = 2\n",
            2,
            [
                "ran, but not all of its branches were taken",
                "taken: jump to line 3",
                "line 2 didn't jump to line 4 because the condition on line 2 was always true",
            ],
            id="partial",
        ),
        pytest.param(
            "def f():\n    return 1\n",
            2,
            ["did not run", "the function 'f', which begins on line 1, was never called"],
            id="never called",
        ),
        pytest.param(
            "def f():\n    yield 1\nf()\n",
            2,
            [
                "did not run",
                (
                    "the function 'f', which begins on line 1, was never called, or nothing was "
                    "taken from the generator it returned"
                ),
            ],
            id="generator that nobody used",
        ),
        pytest.param(
            "async def f():\n    return 1\nf().close()\n",
            2,
            [
                "did not run",
                (
                    "the function 'f', which begins on line 1, was never called, or what it "
                    "returned was never awaited"
                ),
            ],
            id="coroutine that nobody awaited",
        ),
        pytest.param(
            "a = []\nif a:\n    b = 1\n    c = 2\n",
            4,
            [
                "did not run",
                "it comes after line 3, which did not run either",
                "line 2 didn't jump to line 3 because the condition on line 2 was never true",
            ],
            id="branch that was never taken",
        ),
        pytest.param(
            "for i in []:\n    b = 1\n",
            2,
            [
                "did not run",
                "line 1 didn't jump to line 2 because the loop on line 1 was never entered",
            ],
            id="loop that was never entered",
        ),
        pytest.param(
            "def f():\n    [][0]\n    return 2\n" + CALL,
            3,
            [
                "did not run",
                (
                    "line 2 ran and never went on to line 3: an exception was raised there, or the "
                    "program ended"
                ),
            ],
            id="exception",
        ),
        pytest.param(
            "def f():\n    if [][0]:\n        a = 1\n    return 2\n" + CALL,
            3,
            ["did not run", "line 2 didn't jump anywhere: it always raised an exception"],
            id="exception in a condition",
        ),
        pytest.param(
            "try:\n    a = 1\nexcept OSError:\n    b = 1\n",
            4,
            [
                "did not run",
                "it comes after line 3, which did not run either",
                "no exception came to line 3 out of the try on line 1",
            ],
            id="no exception",
        ),
        pytest.param(
            "def f():\n    try:\n        [][0]\n    except OSError:\n        b = 1\n" + CALL,
            5,
            [
                "did not run",
                "line 4 didn't jump to line 5 because nothing that line 4 catches was raised",
            ],
            id="another exception",
        ),
        pytest.param(
            "while True:  # endless\n    break\nelse:\n    a = 1\n",
            4,
            ["no statement", "the compiler left it out: the condition on line 1 is always true"],
            id="left out by the compiler",
        ),
        pytest.param(
            "def f():\n    return 1\n    return 2\n",
            3,
            ["no statement", "the compiler left it out: line 2 always returns"],
            id="unreachable",
        ),
        pytest.param(
            "def f():  # pragma: no cover\n\n    return 2\n",
            2,
            [
                "excluded",
                (
                    "line 2 lies in the function 'f', which begins on line 1 and is excluded as a "
                    "whole"
                ),
                f"`# pragma: no cover` on line 1 matches a built-in regex: {PRAGMA}",
            ],
            id="excluded function",
        ),
        pytest.param(
            "a = []\nwhile a:  # pragma: no branch\n    b = 1\nelse:\n    c = 1\n",
            2,
            [
                "ran",
                "taken: jump to line 5",
                "not taken, but forgiven: jump to line 3",
                "`# pragma: no branch` on line 2 matches a built-in regex: "
                + PRAGMA.replace("cover", "branch").replace("COVER", "BRANCH"),
            ],
            id="forgiven",
        ),
    ],
)
def test_a_real_program_is_explained(
    project: Project, text: str, line: int, facts: list[str]
) -> None:
    measure(project, text, "--branch")
    found = why(project, f"prog.py:{line}")
    assert found == [f"prog.py:{line}: {facts[0]}", *facts[1:]]


def test_the_contexts_are_named(project: Project) -> None:
    measure(project, "a = 1\n", "--context=one")
    assert why(project, "prog.py:1") == ["prog.py:1: ran", "it ran in the context one"]
    assert why(project, "--contexts=two", "prog.py:1") == [
        "prog.py:1: did not run",
        "no line of prog.py ran in contexts that match two",
        "it ran, but not in contexts that match two: only in the context one",
    ]


def test_where_a_regex_was_configured_is_told(project: Project) -> None:
    project.write(
        "setup.cfg",
        "[coverage:report]\nexclude_also = skip\npartial_branches = some\n",
    )
    measure(project, "a = 1  # skip\nif a:  # some\n    b = 1\nc = 1\n", "--branch")
    assert why(project, "prog.py:1", "prog.py:2") == [
        "prog.py:1: excluded",
        "`skip` on line 1 matches a regex of setup.cfg: [coverage:report] exclude_also: skip",
        "prog.py:2: ran",
        "taken: jump to line 3",
        "not taken, but forgiven: jump to line 4",
        "`some` on line 2 matches a regex of setup.cfg: [coverage:report] partial_branches: some",
    ]


def test_a_module_that_nobody_imported_says_so(project: Project) -> None:
    project.write("other.py", "def f():\n    return 1\n")
    project.write("stranger.py", "a = 1\n")
    measure(project, "a = 1\n", "--source=.", name="main.py")
    assert why(project, "other.py:2") == [
        "other.py:2: did not run",
        "no line of other.py ran: it was never imported or run",
    ]
    assert explained(project, "other.py").out == (
        "other.py: 2 of 2 statements did not run\n"
        "  - no line of other.py ran: it was never imported or run\n"
        "  1-2  missing\n"
    )


# ---- files that are not in the data ----------------------------------------------------------

NOT_IN_DATA = "left.py is not in the data: it was not measured, or never imported or run"


@pytest.mark.parametrize(
    ("settings", "fact"),
    [
        ("[run]\nomit = l*.py\n", ".coveragerc: [run] omit has a pattern that matches it: l*.py"),
        ("[run]\ninclude = p*\n", "no pattern of .coveragerc: [run] include matches it: p*"),
        (
            "[run]\nsource = pkg\n",
            "it lies outside of what is measured: .coveragerc: [run] source = pkg",
        ),
    ],
    ids=["omit", "include", "source"],
)
def test_the_setting_that_leaves_a_file_out_is_named(
    project: Project, settings: str, fact: str
) -> None:
    project.write("left.py", "a = 1\n")
    project.write("pkg/__init__.py", "")
    project.write(".coveragerc", settings)
    measure(project, "import pkg, left\n")
    assert why(project, "left.py:1") == ["left.py:1: did not run", NOT_IN_DATA, fact]


def test_of_a_file_that_no_setting_leaves_out_only_that_is_known(project: Project) -> None:
    project.write("left.py", "a = 1\n")
    measure(project, "a = 1\n")
    assert why(project, "left.py:1") == ["left.py:1: did not run", NOT_IN_DATA]


def test_the_standard_library_needs_to_be_asked_for(project: Project) -> None:
    measure(project, "import textwrap\n")
    facts = why(project, f"{textwrap.__file__}:8")
    assert "installed packages and the standard library are measured only" in facts[-1]


def test_what_reports_leave_out_is_explained_all_the_same(project: Project) -> None:
    measure(project, "def f():\n    return 1\n")
    facts = why(project, "--omit=p*", "prog.py:2")
    assert "reports leave the file out: --omit has a pattern that matches it: p*" in facts
    facts = why(project, "--include=q*", "prog.py:2")
    assert "reports leave the file out: no pattern of --include matches it: q*" in facts


# ---- processes -------------------------------------------------------------------------------

PARENT = "import subprocess, sys\nsubprocess.run([sys.executable, *{words!r}])\n"


def test_a_silent_process_may_have_run_the_line(project: Project) -> None:
    project.write("child.py", "a = 1\n")
    measure(project, PARENT.format(words=["-S", "child.py"]), "--source=.")
    assert why(project, "child.py:1") == [
        "child.py:1: did not run",
        "no line of child.py ran: it was never imported or run",
        (
            "1 Python process was not measured, it may have run there: python -S child.py, "
            "from prog.py:2: runs without site"
        ),
    ]
    assert why(project, "prog.py:1") == ["prog.py:1: ran"]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_process_that_was_killed_might_have_run_the_line_later(project: Project) -> None:
    project.write("child.py", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\na = 1\n")
    measure(project, PARENT.format(words=["child.py"]))
    assert why(project, "child.py:3") == [
        "child.py:3: did not run",
        (
            "line 2 ran and never went on to line 3: an exception was raised there, or the program "
            "ended"
        ),
        (
            "1 Python process was cut short by os._exit, a signal or a crash, it might have run "
            "later: python child.py, from prog.py:2"
        ),
    ]


def test_what_c_code_started_may_have_run_the_line(project: Project) -> None:
    record(project, "a.py")
    log = LedgerWriter(mode="parallel").began(GONE).armed(GONE, 0.1, "python prog.py")
    log.start(GONE, 1, "", how="c", child=GONE + 1, place="/work/app.py:12")
    log.ended(GONE, 9).save_beside(project.root / ".coverage")
    assert why(project, "a.py:4")[-1] == (
        "C code started 1 program that nobody saw, from /work/app.py:12: if it is Python, it may "
        "have run there"
    )


def test_another_trace_function_may_have_hidden_the_line(project: Project) -> None:
    text = "import sys\ndef f():\n    return 1\ndef spy(*args):\n    return None\n"
    project.write("prog.py", f"{text}sys.settrace(spy)\nf()\n")
    project.cov("run", "prog.py", env={"COVERAGE_CORE": "ctrace"})
    assert why(project, "prog.py:3")[-1].endswith(
        "prog.py: after line 6 another trace function took over; "
        "what was called or traced by it from then on is unknown (trace-changed)"
    )


def test_processes_of_each_kind_are_counted_and_three_named(project: Project) -> None:
    record(project, "a.py")
    log = LedgerWriter(mode="parallel").began(GONE).armed(GONE, 0.1, "python prog.py")
    log.ended(GONE, 9)
    for number in range(1, 5):
        log.start(GONE, number, f"python -S x{number}.py", child=GONE + number)
    log.armed(os.getpid(), 5, "python server.py", token=own_start())
    log.armed(GONE + 9, 6, "python fork.py", how="fork", ppid=GONE)
    log.save_beside(project.root / ".coverage")
    silent, running = why(project, "a.py:4")[2:]
    assert silent.startswith("4 Python processes were not measured, it may have run there: python ")
    assert silent.endswith(
        "x3.py, from /work/build.py:41: runs without site; and 1 more: cov debug processes"
    )
    assert running.startswith("1 Python process was still running, it may run later: ")
    assert "server.py" in running


# ---- sources that changed --------------------------------------------------------------------


def test_of_a_file_that_changed_nothing_is_known(project: Project) -> None:
    measure(project, "def f():\n    return 1\n")
    project.write("prog.py", "# new\ndef f():\n    return 1\n")
    changed = "prog.py has changed since it was measured: nothing is known of its lines"
    assert why(project, "prog.py:3", "prog.py:1") == [
        "prog.py:3: not known",
        changed,
        "prog.py:1: no statement",
        "line 1 is a comment",
    ]
    assert why(project, "--allow-changed", "prog.py:3")[0] == "prog.py:3: did not run"


# ---- names and places ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("a.py:12", ("a.py", 12)),
        ("a.py", ("a.py", None)),
        ("C:\\x.py:12", ("C:\\x.py", 12)),
        ("C:\\x.py", ("C:\\x.py", None)),
        ("sub/a.py:007", ("sub/a.py", 7)),
        ("a.py:", ("a.py:", None)),
        ("a.py:x", ("a.py:x", None)),
        ("a.py:٣", ("a.py:٣", None)),
        (":3", (":3", None)),
    ],
)
def test_a_place_is_a_file_and_perhaps_a_line(word: str, place: tuple[str, int | None]) -> None:
    assert split_place(word) == place


@pytest.mark.skipif(os.name == "nt", reason="no such file names")
def test_a_file_may_be_called_like_a_place(project: Project) -> None:
    record(project, "a:1")
    assert split_place("a:1") == ("a:1", None)
    assert why(project, "a:1:4")[0] == "a:1:4: did not run"


def test_a_file_can_be_named_in_every_way(project: Project) -> None:
    record(project, "sub/a.py")
    name = os.path.join("sub", "a.py")
    expected = why(project, "sub/a.py:4")
    assert expected[0] == f"{name}:4: did not run"
    for typed in (f"{project.root}/sub/a.py:4", "./sub/../sub/a.py:4"):
        assert why(project, typed)[1:] == expected[1:]


def test_a_file_measured_elsewhere_has_two_names(project: Project) -> None:
    """REP-15."""
    old = os.path.join(os.sep, "elsewhere", "src", "a.py")
    lines, arcs = TRUE_WAY
    save(project, ".coverage", [FileRecord(old, "", frozenset(lines), frozenset(arcs))])
    project.write("src/a.py", PROGRAM)
    project.write(".coveragerc", "[paths]\nx =\n  src\n  /elsewhere/src\n")
    here = why(project, "src/a.py:3")
    assert here == [f"{os.path.join('src', 'a.py')}:3: ran"]
    assert why(project, f"{old}:3") == here


def test_several_places_keep_their_order_file_by_file(project: Project) -> None:
    record(project, "a.py", data=".coverage.1")
    record(project, "b.py", data=".coverage.2")
    project.cov("combine", "-q")
    heads = [line for line in why(project, "b.py:4", "a.py:3", "b.py:1") if line[4:5] == ":"]
    assert heads == ["b.py:4: did not run", "b.py:1: ran", "a.py:3: ran"]


def test_options_may_stand_behind_and_json_is_for_programs(project: Project) -> None:
    record(project, "a.py")
    found = json.loads(explained(project, "a.py:4", "--format=json").out)
    (line,) = found["files"][0]["lines"]
    assert (line["line"], line["status"]) == (4, "missing")
    assert line["facts"] == [
        "line 2 didn't jump to line 4 because the condition on line 2 was always true"
    ]


# ---- mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "nothing to explain: name a line, FILE:LINE, or a FILE"),
        (["a.py:6"], "a.py has 5 lines: there is no line 6"),
        (["a.py:0"], "a.py has 5 lines: there is no line 0"),
        (["a.py:x"], "no line of a.py has the number 'x': name one line, FILE:LINE, or a FILE"),
        (["a.py:1-3"], "no line of a.py has the number '1-3': name one line, FILE:LINE, or a FILE"),
        (["a.py:2", "b.py:2"], "b.py"),
        (["broken.py:1"], "broken.py:2 is not Python source"),
        (["a.py", "--format=xml"], "--format: no such format: 'xml'; it is one of text, json"),
        (["a.py", "--data-file=none"], "no data to explain: there is no none"),
    ],
)
def test_a_mistake_is_an_error_of_one_line(
    project: Project, words: list[str], message: str
) -> None:
    record(project, "a.py")
    project.write("broken.py", "a = 1\nb = (\n")
    line = project.fails("explain", *words)
    assert line.startswith("cov: error: ")
    assert message in line


def test_a_terminal_that_knows_few_letters_gets_question_marks(project: Project) -> None:
    measure(project, "ä = '\x1b'  # ß\n")
    outcome = project.cov("explain", "prog.py:1", env={"PYTHONIOENCODING": "ascii"})
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "prog.py:1: ran\n    ? = '?'  # ?\n"


def test_what_cannot_be_explained_may_be_passed_over(project: Project) -> None:
    record(project, "a.py")
    outcome = project.cov("explain", "-i", "b.py:1", "a.py:3")
    assert outcome.code == 0
    assert outcome.out.startswith("a.py:3: ran\n")
    assert outcome.err.startswith("cov: warning: b.py is left out: ")
    assert project.cov("explain", "-i", "b.py").code == 1


def test_new_data_is_taken_in_first(project: Project) -> None:
    """REP-03."""
    record(project, "a.py", data=".coverage.1")
    outcome = project.cov("explain", "a.py:3")
    assert outcome.err == "Combined 1 file\n"
    assert outcome.out.startswith("a.py:3: ran\n")


# ---- the guide -------------------------------------------------------------------------------


def test_the_guide_shows_what_is_so(project: Project) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "explain.md").read_text("utf-8")
    program, console = re.findall(r"```(?:python|console)\n(.*?)```", guide, re.DOTALL)
    project.write("shop.py", program)
    for shown in console.split("$ cov ")[1:]:
        words, _, output = shown.partition("\n")
        outcome = project.cov(*words.split())
        assert (outcome.code, outcome.out, outcome.err) == (0, output, "")


# ---- whole files -----------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["textwrap", "heapq", "string", "contextlib"])
def test_every_line_of_a_measured_module_has_the_colour_of_the_report(
    project: Project, module: str
) -> None:
    text = (
        "import contextlib, heapq, string, textwrap\n"
        "textwrap.wrap('a b ' * 40, 20)\n"
        "heapq.heapify([3, 2, 1])\n"
        "string.Template('$a').substitute(a=1)\n"
        "with contextlib.suppress(OSError), contextlib.ExitStack():\n"
        "    pass\n"
    )
    name = _library_file(module)
    project.write("again.py", f"import runpy\nrunpy.run_path({str(name)!r})\n{text}")
    project.cov("run", "--branch", "--pylib", f"--include={name}", "again.py")
    files = json.loads(project.cov("json", "-q", "-o", "-").out)["files"]
    (report,) = files.values()
    length = len(name.read_text(encoding="utf-8").splitlines())
    places = [f"{name}:{line}" for line in range(1, length + 1)]
    found = json.loads(explained(project, "--format=json", *places).out)["files"][0]["lines"]
    by_line = {line["line"]: line["status"] for line in found}
    partial = {line for line, _ in report["missing_branches"]} - set(report["missing_lines"])
    assert partial or module == "heapq"
    for line in report["executed_lines"]:
        assert by_line[line] == ("partial" if line in partial else "ran"), line
    assert {by_line[line] for line in report["missing_lines"]} == {"missing"}
    assert all(by_line[line] == "excluded" for line in report["excluded_lines"])
    listed = json.loads(explained(project, "--format=json", str(name)).out)["files"][0]["lines"]
    assert [line["line"] for line in listed] == sorted({*report["missing_lines"], *partial})
    assert all(line["facts"] for line in listed)


def _library_file(module: str) -> Path:
    return Path(str(importlib.import_module(module).__file__)).resolve()
