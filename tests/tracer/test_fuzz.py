"""Made-up programs that know their own path: every event source tells it, and so does analysis.

`python -m tools.fuzz` does the same with many more.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = 400

SEARCH = """
import sys
from pathlib import Path
from cov_tracer.pytracer import _File as File, _Frame as Frame
from tools.fuzz.checking import Runner, our_tracer
from tools.fuzz.grammar import Author

watch = our_tracer
{broken}
trees = ((seed, Author(seed).program()) for seed in map(int, sys.argv[2:]))
for program, problems in Runner(Path(sys.argv[1]), watch).check(trees):
    for problem in problems:
        print(program.seed, problem)
"""


# Programs about which something was wrong: an event source, or what the checker expected.
ONCE_WRONG: tuple[int, ...] = (
    32234,
    50011,
    63869,
    300728,
    500525,
    602154,
    2001890,
    2004345,
    3000791,
    3001187,
    5003180,
    5010105,
    5010138,
    5018435,
    5019224,
    5019381,
    7002417,
    7003958,
    7005196,
    7006818,
    9001675,
    9003787,
    9008393,
    10001195,
    20005817,
    20011762,
    20019271,
    20019927,
    30004244,
    30007786,
    30012220,
    30012651,
    40000434,
    60003991,
    60009097,
    70006980,
    70018213,
    70019199,
    80010538,
    80011456,
    600005531,
    700000866,
    700006344,
)


def search(folder: Path, broken: str = "", seeds: Iterable[int] = range(PROGRAMS)) -> str:
    """What disagrees about the programs, in a process of their own."""
    text = SEARCH.replace("{broken}", textwrap.dedent(broken))
    done = subprocess.run(
        [sys.executable, "-c", text, str(folder), *map(str, seeds)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_nothing_disagrees_about_made_up_programs(tmp_path: Path) -> None:
    assert search(tmp_path) == ""


def test_nothing_disagrees_any_more_about_programs_of_which_something_was_wrong(
    tmp_path: Path,
) -> None:
    assert search(tmp_path, seeds=ONCE_WRONG) == ""


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        ("Frame._jump = lambda self, start, to: None", "was taken, and told to be not"),
        (
            """
            _on_line = Frame._on_line
            Frame._on_line = lambda self, line, unit, frame: _on_line(self, line, 0, frame)
            """,
            "ctrace and pytrace recorded other things",
        ),
        (
            """
            _line = File.line
            File.line = lambda self, line: _line(self, line + line % 5 // 4)
            """,
            "did not run, and is not missing",
        ),
    ],
    ids=["no jumps", "nothing known of units", "lines next to those that ran"],
)
def test_a_tracer_that_is_wrong_is_found_out(tmp_path: Path, broken: str, complaint: str) -> None:
    assert complaint in search(tmp_path, broken, range(60))


def test_a_wrong_analysis_is_found_out(tmp_path: Path) -> None:
    broken = """
    import tools.fuzz.checking as checking
    from dataclasses import replace
    analyze = checking.analyze
    def forgets(source):
        facts = analyze(source)
        return replace(facts, arcs=frozenset(arc for arc in facts.arcs if arc[1] % 7))
    checking.analyze = forgets
    """
    assert "was taken and is not possible" in search(tmp_path, broken, range(60))
