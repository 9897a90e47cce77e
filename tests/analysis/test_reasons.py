"""What a line is and why: docstrings, exclusions, what the compiler left out."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import pytest
from support.cases import read_cases

from cov_analysis import Exclusions, Source, SourceFacts, analyze
from cov_analysis.reasons import LineReason, Reasons

PRAGMA = r"a built-in regex: #\s*(pragma|PRAGMA)[:\s]?\s*(no|NO)\s*(cover|COVER)"


def reason(text: str, line: int, exclusions: Exclusions | None = None) -> LineReason:
    source = Source("a.py", text)
    return Reasons(source, analyze(source, exclusions), exclusions).line(line)


def why_none(text: str, line: int) -> str:
    """The last fact about a line that is no statement."""
    found = reason(text, line)
    assert found.role == "none", found
    return found.facts[-1]


# ---- no statement ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "fact"),
    [
        ("a\n\nb\n", 2, "line 2 is blank"),
        ("a\n  # b\nb\n", 2, "line 2 is a comment"),
        ("'a'\nb\n", 1, "line 1 belongs to a docstring, which is no statement"),
        ("'''a\nb\n'''\nb\n", 2, "line 2 belongs to a docstring, which is no statement"),
        ("def f():\n  'a'\n", 2, "line 2 belongs to a docstring, which is no statement"),
        ("def f(): 'a'\n", 1, "line 1 belongs to a docstring, which is no statement"),
        ("if a:\n  b\nelse:\n  c\n", 3, "`else:` is no statement, only the lines below it are"),
        (
            "if a:\n  b\nelse \\\n :\n  c\n",
            3,
            "`else:` is no statement, only the lines below it are",
        ),
        (
            "try:\n  b\nfinally: # x\n  c\n",
            3,
            "`finally:` is no statement, only the lines below it are",
        ),
        (
            "def f():\n  global a\n  a = 1\n",
            2,
            "`global` is a declaration for the compiler, and nothing that runs",
        ),
        (
            "def f():\n  a = 1\n  def g():\n    nonlocal a\n    a = 2\n",
            4,
            "`nonlocal` is a declaration for the compiler, and nothing that runs",
        ),
        (
            "def f():\n  a: int\n  return 1\n",
            2,
            "an annotation without a value does nothing here when the program runs",
        ),
    ],
)
def test_a_line_without_code_is_named_for_what_it_is(text: str, line: int, fact: str) -> None:
    # STM-05, STM-06, STM-09 to STM-11
    assert why_none(text, line) == fact


def test_a_continuation_line_has_the_colour_of_its_statement() -> None:
    # STM-02
    found = reason("a\nb = [\n  # c\n  1]\n", 3)
    assert found == LineReason(
        3, 2, "statement", ("line 3 is part of the statement that begins on line 2",)
    )


def test_a_continuation_line_of_no_statement_tells_both() -> None:
    found = reason("def f():\n  return 1\n  g(\n    2)\n", 4)
    assert found.facts == (
        "line 4 is part of the statement that begins on line 3",
        "the compiler left it out: line 2 always returns",
    )


LOOP = "for i in a:\n  {}\n  b\n"


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("if 0:\n  a\n", 2, "the condition on line 1 is always false"),
        ("if 0:\n  if a:\n    b\n", 3, "the condition on line 1 is always false"),
        ("if a and False:\n  b\n", 2, "the condition on line 1 is always false"),
        ("if 1:\n  a\nelse:\n  b\n", 4, "the condition on line 1 is always true"),
        ("if 1:\n  a\nelif b:\n  c\n", 3, "the condition on line 1 is always true"),
        ("if 1:\n  a\nelif b:\n  c\n", 4, "the condition on line 1 is always true"),
        ("while 0:\n  a\nb\n", 2, "the condition on line 1 is always false"),
        (
            "if 0:\n  try:\n    a\n  except b:\n    c\n",
            4,
            "the condition on line 1 is always false",
        ),
        ("if 0:\n  match a:\n    case b:\n      c\n", 3, "the condition on line 1 is always false"),
        ("def f():\n  return 1\n  a\n", 3, "line 2 always returns"),
        ("def f():\n  return 1\n  if a:\n    b\n", 4, "line 2 always returns"),
        ("def f():\n  raise a\n  a\n", 3, "line 2 always raises an exception"),
        (LOOP.format("break"), 3, "line 2 always leaves the loop"),
        (LOOP.format("continue"), 3, "line 2 always goes back to the head of the loop"),
        ("while True:\n  a\nb\n", 3, "line 1 always loops for ever"),
        ("while True:\n  while a:\n    break\nb\n", 4, "line 1 always loops for ever"),
        (
            "def f():\n  if a:\n    return 1\n  else:\n    raise b\n  c\n",
            6,
            "every way through lines 2 to 5 leaves",
        ),
        (
            "def f():\n  try:\n    return 1\n  except a:\n    raise\n  c\n",
            6,
            "every way through lines 2 to 5 leaves",
        ),
        (
            "def f():\n  match a:\n    case 1:\n      return 1\n    case _:\n      return 2\n  c\n",
            7,
            "every way through lines 2 to 6 leaves",
        ),
        (
            "def f():\n  try:\n    return 1\n  except a:\n    b\n  else:\n    c\n",
            7,
            "line 3 always returns",
        ),
    ],
)
def test_what_the_compiler_left_out_has_a_cause(text: str, line: int, cause: str) -> None:
    # STM-13, STM-16
    assert why_none(text, line) == f"the compiler left it out: {cause}"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="3.11 keeps functions that nobody can make")
@pytest.mark.parametrize("line", [2, 3, 4])
def test_functions_are_left_out_with_what_they_lie_in(line: int) -> None:
    text = "if 0:\n  @a\n  def f():\n    b\n"
    assert why_none(text, line) == (
        "the compiler left it out: the condition on line 1 is always false"
    )


def test_a_loop_with_a_break_is_left() -> None:
    assert reason("while True:\n  if a:\n    break\nb\n", 4).role == "statement"


def test_a_line_that_the_file_does_not_have_is_refused() -> None:
    for line in (0, 3, -1):
        with pytest.raises(ValueError, match=f"there is no line {line}"):
            reason("a\nb\n", line)


# ---- excluded --------------------------------------------------------------------------------


def why_excluded(text: str, line: int, exclusions: Exclusions | None = None) -> tuple[str, ...]:
    found = reason(text, line, exclusions)
    assert found.role == "excluded", found
    return found.facts


def test_the_regex_and_what_it_matched_are_named() -> None:
    # EXC-01
    assert why_excluded("a\nb  # pragma: no cover, here\n", 2) == (
        f"`# pragma: no cover` on line 2 matches {PRAGMA}",
    )


def test_a_match_inside_a_statement_excludes_it() -> None:
    # EXC-13
    for line in (1, 2):
        assert why_excluded("a = [\n  1,  # pragma: no cover\n]\n", line) == (
            f"`# pragma: no cover` on line 2 matches {PRAGMA}",
        )


def test_the_suite_below_an_excluded_header_leads_to_it() -> None:
    # EXC-09; an inner header is excluded with the outer one
    text = "if a:  # pragma: no cover\n  b\n  if c:\n    d\n"
    for line in (2, 3, 4):
        assert why_excluded(text, line) == (
            f"line {line} lies below line 1, which is excluded with its suite",
            f"`# pragma: no cover` on line 1 matches {PRAGMA}",
        )


def test_a_line_of_an_excluded_definition_leads_to_it() -> None:
    # EXC-12, EXC-17
    text = "@a\ndef f(\n  b,  # pragma: no cover\n):\n  # c\n  d\n"
    function = "lies in the function 'f', which begins on line 1 and is excluded as a whole"
    matched = f"`# pragma: no cover` on line 3 matches {PRAGMA}"
    for line in (1, 5, 6):
        assert why_excluded(text, line) == (f"line {line} {function}", matched)
    assert why_excluded(text, 2) == (matched,)
    text = "if a:  # pragma: no cover\n  class C:\n    # c\n    d = 1\n"
    assert why_excluded(text, 3) == (
        "line 3 lies in the class 'C', which begins on line 2 and is excluded as a whole",
        "line 2 lies below line 1, which is excluded with its suite",
        f"`# pragma: no cover` on line 1 matches {PRAGMA}",
    )


def test_a_final_case_is_excluded_with_its_body() -> None:
    # EXC-14
    text = "match a:\n  case 1:\n    b\n  case _:\n    c  # pragma: no cover\n"
    assert why_excluded(text, 4) == (
        "line 4 is a case that always matches, and all below it is excluded",
        f"`# pragma: no cover` on line 5 matches {PRAGMA}",
    )


def test_a_match_across_lines_is_told_with_both_ends_and_cut_short() -> None:
    # EXC-08
    regex = r"(?s:begin.*end)"
    text = f"a\n# begin\nb = '{'x' * 80}'\n# end\nc\n"
    facts = why_excluded(text, 3, Exclusions(exclude=["nothing", regex]))
    assert len(facts) == 1
    assert facts[0].startswith("`begin b = 'xxx")
    assert facts[0].endswith(f"xxx...` on lines 2 to 4 matches a regex: {regex}")
    assert len(facts[0]) < 120


def test_of_several_regexes_the_one_that_matched_is_named() -> None:
    exclusions = Exclusions(exclude=["aa", "a", r"(b)\1", "cc?"])
    text = "x = aaa\ny = a\nz = cc\n"
    named = [why_excluded(text, line, exclusions)[0].rpartition(": ")[2] for line in (1, 2, 3)]
    assert named == ["aa", "a", "cc?"]


def test_where_a_regex_was_configured_is_told() -> None:
    exclusions = Exclusions(exclude=["skip"], partial=["maybe"])
    source = Source("a.py", "a  # skip\nif b:  # maybe\n  c\n")
    reasons = Reasons(
        source,
        analyze(source, exclusions),
        exclusions,
        lambda regex: {"skip": "tox.ini"}.get(regex, "x"),
    )
    assert reasons.line(1).facts == ("`skip` on line 1 matches a regex of tox.ini: skip",)
    assert reasons.forgiven(2) == ["`maybe` on line 2 matches a regex of x: maybe"]


def test_a_forgiven_branch_names_its_pattern() -> None:
    # EXC-04, EXC-05
    text = "if (a and\n  b):  # pragma: no branch\n  c\nwhile True:\n  d\nelse:\n  f\ng\n"
    source = Source("a.py", text)
    reasons = Reasons(source, analyze(source))
    assert reasons.forgiven(1)[0].startswith("`# pragma: no branch` on line 2 matches a built-in")
    assert reasons.forgiven(4)[0].startswith("`while True:` on line 4 matches a built-in regex")
    assert reasons.forgiven(3) == []


# ---- every line of everything ----------------------------------------------------------------

LIBRARY = Path(sysconfig.get_path("stdlib"))
SOME = ["ast", "argparse", "typing", "enum", "asyncio/tasks", "_pydecimal", "traceback", "turtle"]
SAMPLES = [case.path for case in read_cases() if case.runs_on()]
FILES = [*SAMPLES, *(LIBRARY / f"{name}.py" for name in SOME)]


def role(facts: SourceFacts, line: int) -> str:
    first = facts.first_lines.get(line, line)
    if first in facts.statements:
        return "statement"
    return "excluded" if {line, first} & facts.excluded else "none"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_has_a_reason_that_agrees_with_the_facts(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"there is no {path.name} in {sys.version}")
    source = Source.read(path)
    facts = analyze(source)
    reasons = Reasons(source, facts)
    for line in range(1, len(source.lines) + 1):
        found = reasons.line(line)
        assert found.role == role(facts, line)
        # The general words are for what nobody thought of.
        assert "the compiler made no code for it" not in found.facts
        assert found.role != "excluded" or "matches" in found.facts[-1]
        assert found.role == "statement" or found.facts
