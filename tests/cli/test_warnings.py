"""What `cov run` says of settings with which nothing, or less than was meant, is measured."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
from importlib.machinery import EXTENSION_SUFFIXES

import pytest
from cli.recording import lines_in
from cli.running import Project
from support.program import VARIABLE

SPELLED = (
    "--source: shpo is no directory and no module that can be found, nothing of it was measured"
)
TYPO = f"{SPELLED}: is shop meant? (module-not-imported)"
NO_DATA = "(no-data-collected)"
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, fork and exec")


@pytest.fixture
def shop(project: Project) -> Project:
    """A package, one that the program does not import, and the program."""
    project.write("shop/__init__.py", "x = 1\n")
    project.write("shop/cart.py", "y = 1\n")
    project.write("src/far/__init__.py", "x = 1\n")
    project.write("idle/__init__.py", "x = 1\n")
    project.write("idle/deep.py", "def f(): pass\n")
    project.write("space/inner/mod.py", "x = 1\n")
    project.write("texts/readme.txt", "")
    project.write("prog.py", "import shop.cart\nprint('ran')\n")
    return project


def warned(project: Project, *words: str, code: int = 0, env: dict[str, str] | None = None) -> str:
    """The warnings of `cov run`, a line each, without what they all begin with."""
    outcome = project.cov("run", *words, env=env)
    assert outcome.code == code, outcome
    lines = outcome.err.splitlines()
    told = [line.removeprefix("cov: warning: ") for line in lines if line.startswith("cov: ")]
    assert told == [line.removeprefix("cov: warning: ") for line in lines[len(lines) - len(told) :]]
    return "\n".join(told)


# Settings, and what is said of them: lines are broken here as they fit, and end with their slug.
CASES = {
    "a name that means nothing": """
        source_pkgs = shpo

        .coveragerc: [run] source_pkgs: shpo is no directory and no module that can be found,
        nothing of it was measured: is shop meant? (module-not-imported)
        nothing was measured (no-data-collected)
    """,
    "one of two": """
        source = shop, zzz

        .coveragerc: [run] source: zzz is no directory and no module that can be found, nothing of
        it was measured: correct it, or start cov where it can be found (module-not-imported)
    """,
    "one that lies where nobody looks": """
        source_pkgs = far, shop

        .coveragerc: [run] source_pkgs: far is no directory and no module that can be found, nothing
        of it was measured: there is one, but not where this program imports from: name its
        directory (module-not-imported)
    """,
    "sources that are omitted": """
        source_pkgs = shop
        omit = shop/*

        nothing was measured: nothing of the sources ran (shop), or it is omitted (shop/*): name
        what is imported, or correct omit (no-data-collected)
    """,
    "a module of a package": """
        source_pkgs = shop.crat, shop

        .coveragerc: [run] source_pkgs: shop.crat is no directory and no module that can be found,
        nothing of it was measured: is shop.cart meant? (module-not-imported)
    """,
    "a path": """
        source = ./shpo, shop

        .coveragerc: [run] source: ./shpo is no directory and no module that can be found, nothing
        of it was measured: is ./shop meant? (module-not-imported)
    """,
    "a file": """
        source = shop/cart.py, shop

        .coveragerc: [run] source: shop/cart.py is no directory and no module that can be found,
        nothing of it was measured: it is a file: name its directory or its module, or use include
        (module-not-imported)
    """,
    "a package that nothing imports": """
        source_pkgs = shop, idle

        .coveragerc: [run] source_pkgs: idle (idle) was imported by no measured process, its files
        count as never run: import it, or take it out (module-not-imported)
    """,
    "a package without __init__.py": """
        source_pkgs = shop, space

        .coveragerc: [run] source_pkgs: space (space) was imported by no measured process: import
        it, or take it out (module-not-imported)
    """,
    "built in": """
        source_pkgs = shop, sys

        .coveragerc: [run] source_pkgs: sys has no Python source, so that nothing in it can be
        measured: take it out (module-not-python)
    """,
    "no Python file": """
        source_pkgs = shop, texts

        .coveragerc: [run] source_pkgs: texts has no Python source, so that nothing in it can be
        measured: take it out (module-not-python)
    """,
    "include beside source": """
        source_pkgs = shop
        include = *.py

        .coveragerc: [run] include has no effect, since .coveragerc: [run] source_pkgs says what is
        measured: take one of them out, or use omit (include-ignored)
    """,
    "include that matches nothing": """
        include = x.py

        nothing was measured: no file that ran matches include (x.py): correct the patterns
        (no-data-collected)
    """,
    "all omitted": """
        omit = *

        nothing was measured: what ran belongs to the standard library or to installed packages, or
        it is omitted (*): name what is to be measured with --source, or correct omit
        (no-data-collected)
    """,
    "a misspelled option": """
        surce = shop

        .coveragerc: [run] surce: no such option, ignored; did you mean source? (unknown-setting)
    """,
}


def case(text: str) -> tuple[str, list[str]]:
    """The settings of a case and the lines that are expected."""
    settings, _, said = textwrap.dedent(text).strip().partition("\n\n")
    lines = re.findall(r"\S.*?\([a-z-]+-[a-z-]+\)", said, re.DOTALL)
    return settings, [" ".join(line.split()) for line in lines]


EVERY_CASE = pytest.mark.parametrize(
    ("settings", "expected"), [case(text) for text in CASES.values()], ids=list(CASES)
)


@EVERY_CASE
def test_it_is_said_in_a_line_with_culprit_place_way_out_and_slug(
    shop: Project, settings: str, expected: list[str]
) -> None:
    """WRN-01, WRN-02, WRN-03, WRN-06, WRN-13."""
    shop.write(".coveragerc", f"[run]\n{settings}\n")
    assert warned(shop, "prog.py").splitlines() == expected


@EVERY_CASE
def test_each_is_switched_off_by_its_slug(
    shop: Project, settings: str, expected: list[str]
) -> None:
    """WRN-14."""
    for line in expected:
        slug = line.rpartition("(")[2].rstrip(")")
        shop.write(".coveragerc", f"[run]\n{settings}\ndisable_warnings = no-ctracer, {slug}\n")
        left = [other for other in expected if not other.endswith(f"({slug})")]
        assert warned(shop, "prog.py").splitlines() == left


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("no-sysmon, trace-changed", ""),
        ("no-data-colected", "'no-data-colected'; did you mean no-data-collected?"),
        ("other", "'other'"),
        ("other, unknown-setting", ""),
    ],
)
def test_a_name_that_no_warning_has_is_told(shop: Project, names: str, told: str) -> None:
    """CER-17: coverage.py says nothing."""
    shop.write(".coveragerc", f"[run]\ndisable_warnings = {names}\n")
    place = "cov: warning: .coveragerc: [run] disable_warnings: no such warning: "
    outcome = shop.cov("erase")
    assert (outcome.code, outcome.err) == (0, f"{place}{told} (unknown-setting)\n" if told else "")


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param("", id="no settings"),
        pytest.param("source = shop", id="directory"),
        pytest.param("source = .", id="all"),
        pytest.param("source_pkgs = shop", id="package"),
        pytest.param("source_pkgs = shop.cart", id="module"),
        pytest.param("source_pkgs = prog", id="the program itself"),
        pytest.param("source_pkgs = shop\nomit = shop/*\nsource = prog", id="omitted on purpose"),
        pytest.param("source_pkgs = shop\nrelative_files = true", id="relative names"),
        pytest.param("include = */cart.py", id="include"),
        pytest.param("source_pkgs = shop\nparallel = true", id="parallel"),
        pytest.param("source_pkgs = shop\npatch =", id="nobody followed"),
    ],
)
def test_nothing_is_said_where_all_is_well(shop: Project, settings: str) -> None:
    shop.write(".coveragerc", f"[run]\n{settings}\n")
    assert warned(shop, "prog.py") == ""


def test_a_namespace_package_of_which_something_ran_is_no_reason(shop: Project) -> None:
    """WRN-15."""
    shop.write("prog.py", "import space.inner.mod\n")
    shop.write(".coveragerc", "[run]\nsource_pkgs = space\n")
    assert warned(shop, "prog.py") == ""


def test_an_empty_module_that_was_imported_is_no_reason(shop: Project) -> None:
    shop.write("empty/__init__.py", "")
    shop.write("prog.py", "import empty\n")
    shop.write(".coveragerc", "[run]\nsource_pkgs = empty\n")
    assert warned(shop, "prog.py") == ""


def test_a_package_that_only_the_program_can_find_is_known_by_its_files(shop: Project) -> None:
    shop.write("far/away/hidden/__init__.py", "x = 1\n")
    shop.write("prog.py", "import sys\nsys.path.insert(0, 'far/away')\nimport hidden\n")
    shop.write(".coveragerc", "[run]\nsource_pkgs = hidden\n")
    assert warned(shop, "prog.py") == ""


def test_in_doubt_nothing_is_claimed(shop: Project) -> None:
    """A package whose files lie where its name does not tell."""
    shop.write("elsewhere/code.py", "x = 1\n")
    shop.write(
        "prog.py",
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('odd', 'elsewhere/code.py')\n"
        "spec.loader.exec_module(importlib.util.module_from_spec(spec))\n",
    )
    shop.write(".coveragerc", "[run]\nsource_pkgs = odd\n")
    assert warned(shop, "prog.py") == ""


def test_what_was_imported_before_measuring_began_is_told(shop: Project) -> None:
    """WRN-04, WRN-05: `site` imports these before any hook can run."""
    shop.write(".coveragerc", "[run]\nsource_pkgs = os, shop\n")
    assert warned(shop, "prog.py") == (
        ".coveragerc: [run] source_pkgs: os was imported before measuring began, and nothing of it "
        "was measured: python -X importtime -c pass lists what is imported that early "
        "(module-not-measured)"
    )
    shop.write(".coveragerc", "[run]\ninclude = */codecs.py, */shop/*\n")
    pattern = r"imported before measuring began, .*: \S*codecs\.py: .* \(already-imported\)"
    assert re.fullmatch(pattern, warned(shop, "prog.py"))


def test_a_compiled_module_is_no_file_that_never_ran(shop: Project) -> None:
    shop.write(f"quick{EXTENSION_SUFFIXES[0]}", "")
    shop.write(".coveragerc", "[run]\nsource_pkgs = quick, shop\n")
    assert warned(shop, "prog.py").endswith("(module-not-python)")
    names = lines_in(shop.root / ".coverage")
    assert set(names) == {"__init__.py", "cart.py"}


SLUGS = re.compile(r"\(([a-z]+(?:-[a-z]+)+)\)")


@pytest.mark.parametrize(
    "settings",
    [
        "source_pkgs = shpo",
        "source_pkgs = shop, zzz",
        "source_pkgs = idle, shop",
        "source_pkgs = shop\ninclude = *.py",
        "source = idle",
        "include = x.py",
        "omit = *",
        "source_pkgs = shop",
        "source_pkgs = shpo\ndisable_warnings = module-not-imported",
        "source_pkgs = shpo\ndisable_warnings = no-data-collected",
    ],
)
def test_the_slugs_are_those_of_coverage_py(shop: Project, settings: str) -> None:
    shop.write(".coveragerc", f"[run]\n{settings}\n")
    theirs = subprocess.run(
        [sys.executable, "-m", "coverage", "run", "prog.py"],
        cwd=shop.root,
        capture_output=True,
        text=True,
        check=True,
    )
    expected = set(SLUGS.findall(theirs.stderr))
    assert set(SLUGS.findall(warned(shop, "prog.py"))) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("raise SystemExit(3)\n", 3, id="exit code"),
        pytest.param("raise SystemExit('gone wrong')\n", 1, id="message"),
        pytest.param("x = = 1\n", 1, id="no Python"),
        pytest.param("import sys\nsys.stderr.close()\n", 0, id="closed stderr"),
        pytest.param("import warnings\nwarnings.simplefilter('error')\n", 0, id="strict"),
    ],
)
def test_the_exit_code_stays_the_programs(shop: Project, text: str, code: int) -> None:
    """RUN-21, RUN-22."""
    shop.write("prog.py", text)
    assert TYPO in warned(shop, "--source=shpo", "prog.py", code=code)


def test_a_program_that_is_no_python_needs_no_further_word(shop: Project) -> None:
    """RUN-21, otherwise: why nothing ran is what Python has just said."""
    shop.write("prog.py", "x = = 1\n")
    outcome = shop.cov("run", "prog.py")
    assert (outcome.code, outcome.err.splitlines()[-1]) == (1, "SyntaxError: invalid syntax")


def test_strict_warnings_make_no_failure_of_it(shop: Project) -> None:
    told = warned(shop, "--source=shpo", "prog.py", env={"PYTHONWARNINGS": "error"})
    assert TYPO in told


def test_it_comes_behind_the_programs_last_word(shop: Project) -> None:
    shop.write("prog.py", "import atexit, sys\natexit.register(sys.stderr.write, 'bye\\n')\n")
    outcome = shop.cov("run", "--source=shpo", "prog.py")
    assert (outcome.code, outcome.out) == (0, "")
    first, *rest = outcome.err.splitlines()
    assert (first, len(rest)) == ("bye", 2)


CHILDREN = {
    "subprocess": "import subprocess, sys\nsubprocess.run([sys.executable, '-c', {!r}])",
    "own environment": (
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', {!r}], env={{}})"
    ),
    "fork": "import os\nif os.fork():\n    os.wait()\nelse:\n    exec({!r})\n    os._exit(0)",
    "exec": "import os, sys\nos.execv(sys.executable, [sys.executable, '-c', {!r}])",
    "spawn": (
        "import multiprocessing\n"
        "if __name__ == '__main__':\n"
        "    context = multiprocessing.get_context('spawn')\n"
        "    process = context.Process(target=exec, args=({!r},))\n"
        "    process.start()\n"
        "    process.join()"
    ),
}


@POSIX
@pytest.mark.parametrize("parallel", [(), ("-p",), ("-a",)], ids=["", "parallel", "append"])
@pytest.mark.parametrize("how", CHILDREN)
def test_what_only_a_child_imports_is_imported(
    shop: Project, how: str, parallel: tuple[str, ...]
) -> None:
    command = f"import sys; sys.path.insert(0, {str(shop.root)!r}); import shop.cart"
    shop.write("prog.py", CHILDREN[how].format(command))
    shop.write(".coveragerc", "[run]\nsource_pkgs = shop\n")
    assert warned(shop, *parallel, "prog.py") == ""


@POSIX
@pytest.mark.parametrize("how", CHILDREN)
def test_it_is_said_once_however_many_processes_there_are(shop: Project, how: str) -> None:
    """WRN-16."""
    shop.write("prog.py", CHILDREN[how].format("import json"))
    assert warned(shop, "--source=shpo", "prog.py").splitlines()[0] == TYPO
    assert len(warned(shop, "--source=shpo", "prog.py").splitlines()) == 2


def test_processes_that_measure_themselves_say_nothing(shop: Project) -> None:
    """WRN-16."""
    shop.write("auto.cfg", "[run]\nsource_pkgs = shpo\ninclude = x.py\n")
    shop.write(
        "prog.py",
        # Not in the environment, since coverage.py, which is installed too, would go first.
        "import os\nos.environ['COVERAGE_PROCESS_START'] = 'auto.cfg'\n"
        "import cov_cli\nassert cov_cli.process_startup() is not None\nimport shop\n",
    )
    done = subprocess.run(
        [sys.executable, "prog.py"],
        cwd=shop.root,
        env={**os.environ, VARIABLE: ""},  # who measures the tests is not to measure this, too
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
    assert (shop.root / ".coverage").exists()


@POSIX
def test_a_save_in_the_midst_of_the_run_says_nothing_of_it(shop: Project) -> None:
    shop.write(
        "prog.py",
        "import os, signal, sys, time\n"
        "os.kill(os.getpid(), signal.SIGUSR1)\n"
        "while not os.path.exists('.coverage'):\n"
        "    time.sleep(0.01)\n"
        "print('saved', file=sys.stderr)\n"
        "import shop\n",
    )
    shop.write(".coveragerc", "[run]\nsource_pkgs = shop\n")
    outcome = shop.cov("run", "--save-signal=USR1", "prog.py")
    assert (outcome.code, outcome.err) == (0, "saved\n")


@POSIX
@pytest.mark.parametrize(
    "end",
    [
        pytest.param("os._exit(3)", id="_exit"),
        pytest.param("os.kill(os.getpid(), 9)", id="signal"),
        pytest.param("os.execv('/bin/sh', ['sh', '-c', 'exit 3'])", id="another program"),
    ],
)
@pytest.mark.parametrize("verb", ["report", "combine"])
def test_what_a_run_could_not_say_is_said_when_its_journals_are_found(
    shop: Project, end: str, verb: str
) -> None:
    shop.write("prog.py", f"import os, shop.cart\n{end}\n")
    shop.write(".coveragerc", "[run]\nsource_pkgs = shpo, shop, idle\n")
    outcome = shop.cov("run", "prog.py")
    assert (outcome.code, outcome.err) == (-9 if "kill" in end else 3, "")
    first = [line for line in shop.cov(verb).err.splitlines() if "warning" in line]
    assert [line.split()[-1] for line in first] == ["(module-not-imported)"] * 2
    assert "is shop meant?" in first[0] and "idle (idle)" in first[1]
    assert "warning" not in shop.cov("report").err


@POSIX
def test_it_is_said_when_sigterm_ends_the_run(shop: Project) -> None:
    shop.write("prog.py", "import time\nprint('there', flush=True)\ntime.sleep(60)\n")
    shop.write(".coveragerc", "[run]\nsource_pkgs = shpo\nsigterm = true\n")
    command = [sys.executable, "-m", "cov_cli", "run", "prog.py"]
    with subprocess.Popen(
        command, cwd=shop.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGTERM
    assert "is shop meant? (module-not-imported)" in errors


def test_sysmon_on_a_python_without_it_is_told(shop: Project) -> None:
    """WRN-09."""
    shop.write(".coveragerc", "[run]\ncore = sysmon\n")
    expected = ""
    if sys.version_info < (3, 12):
        expected = (
            ".coveragerc: [run] core: sysmon needs Python 3.12: measuring with ctrace (no-sysmon)"
        )
    assert warned(shop, "prog.py") == expected
    shop.write(".coveragerc", "[run]\ncore = sysmon\ndisable_warnings = no-sysmon\n")
    assert warned(shop, "prog.py") == ""


@pytest.mark.parametrize("verb", ["report", "json"])
def test_a_file_left_out_of_a_report_can_be_passed_over_in_silence(
    shop: Project, verb: str
) -> None:
    """WRN-12, WRN-14."""
    shop.write("shop/bad.py", "x = = 1\n")
    assert warned(shop, "--source=shop", "prog.py") == ""
    shop.write(".coveragerc", "[report]\nignore_errors = true\n")
    (line,) = [line for line in shop.cov(verb).err.splitlines() if "warning" in line]
    assert line.startswith("cov: warning: shop/bad.py is left out: ")
    assert line.endswith("bad.py:1 is not Python source: invalid syntax (couldnt-parse)")
    shop.write(
        ".coveragerc", "[run]\ndisable_warnings = couldnt-parse\n[report]\nignore_errors = true\n"
    )
    assert "warning" not in shop.cov(verb).err


def test_a_trace_function_that_was_taken_away_is_told_by_reports(shop: Project) -> None:
    """WRN-11."""
    shop.write("prog.py", "import sys\nsys.settrace(None)\nx = 1\n")
    shop.write(".coveragerc", "[run]\ncore = ctrace\n")
    assert warned(shop, "prog.py") == ""
    assert shop.cov("report").err.endswith("is unknown (trace-changed)\n")
    shop.write(".coveragerc", "[run]\ndisable_warnings = trace-changed\n")
    assert shop.cov("report").err == ""
