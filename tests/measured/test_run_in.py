"""The way in: whatever is run, however Python is started, it behaves as without us."""

from __future__ import annotations

import os
import py_compile
import sqlite3
import sys
import zipfile
from collections.abc import Sequence

import pytest
from support.program import CORES, Outcome, Program

HELLO = """
import sys
print(__name__, sys.argv, sys.path[0])

def used():
    return 1

def unused():
    return 2  # not run

used()
"""

# Where no hook runs: without `site` it is the bootstrap that starts the program.
WAYS_IN = {"hook": [], "no site": ["-S"], "isolated": ["-I"], "isolated, no site": ["-I", "-S"]}
EVERY_WAY_IN = pytest.mark.parametrize("flags", WAYS_IN.values(), ids=WAYS_IN)
# The two that differ; isolation changes little, and is tried with some programs.
BOTH_WAYS_IN = pytest.mark.parametrize("flags", [[], ["-S"]], ids=["hook", "no site"])


def run_without_site(program: Program, flags: Sequence[str], *words: str) -> Outcome:
    """`cov run`, in a Python whose `site` may be off: it has to be told where cov is."""
    if "-S" not in flags:
        return program.run(*words, flags=flags)
    # What is given to the whole environment of a venv's Python by `site`, given by hand.
    places = [place for place in sys.path if place.endswith("site-packages")]
    code = f"import sys; sys.path += {places!r}; from cov_cli.main import main; sys.exit(main())"
    return program.start([sys.executable, *flags, "-c", code, "run", *words])


def make_script(program: Program) -> list[str]:
    program.write("sub/prog.py", HELLO)
    return ["sub/prog.py", "a", "--b"]


def make_absolute(program: Program) -> list[str]:
    return [str(program.write("prog.py", HELLO))]


def make_module(program: Program) -> list[str]:
    program.write("prog.py", HELLO)
    return ["-m", "prog", "a", "-c"]


def make_package(program: Program) -> list[str]:
    program.write("pkg/__init__.py", "x = 1\n")
    program.write("pkg/__main__.py", HELLO)
    return ["-m", "pkg", "a"]


def make_inner_module(program: Program) -> list[str]:
    program.write("pkg/__init__.py", "x = 1\n")
    program.write("pkg/inner/__init__.py", "x = 1\n")
    program.write("pkg/inner/prog.py", HELLO)
    return ["-m", "pkg.inner.prog"]


def make_namespace(program: Program) -> list[str]:
    program.write("space/inner/prog.py", HELLO)
    return ["-m", "space.inner.prog"]


def make_directory(program: Program) -> list[str]:
    program.write("folder/__main__.py", HELLO)
    return ["folder", "a"]


def make_current_directory(program: Program) -> list[str]:
    program.write("__main__.py", HELLO)
    return ["."]


def make_odd_name(program: Program) -> list[str]:
    program.write("a program.txt", HELLO)
    return ["a program.txt"]


PROGRAMS = {
    "script": make_script,
    "absolute name": make_absolute,
    "module": make_module,
    "package": make_package,
    "inner module": make_inner_module,
    "namespace": make_namespace,
    "directory": make_directory,
    "current directory": make_current_directory,
    "odd name": make_odd_name,
}


@BOTH_WAYS_IN
@pytest.mark.parametrize("kind", PROGRAMS)
def test_every_kind_of_program_runs_as_it_does_alone(
    kind: str, flags: list[str], program: Program
) -> None:
    words = PROGRAMS[kind](program)
    assert run_without_site(program, flags, *words) == program.plain(*flags, *words)
    names = [str(path.relative_to(program.root)) for path in sorted(program.root.rglob("*.py"))]
    if kind == "odd name":
        names = ["a program.txt"]
    assert program.missing() == program.marked(*names)
    assert program.left_behind() == []


@pytest.mark.parametrize("flags", [["-I"], ["-I", "-S"]], ids=" ".join)
def test_an_isolated_python_finds_the_program_it_finds_alone(
    flags: list[str], program: Program
) -> None:
    # RUN-10. A module in the current directory is not one of them.
    for words in (make_script(program), make_directory(program)):
        assert run_without_site(program, flags, *words) == program.plain(*flags, *words)
    make_module(program)
    assert program.plain(*flags, "-m", "prog").code == 1
    found = run_without_site(program, flags, "-m", "prog")
    assert (found.code, found.out) == (1, "")
    assert "no module to run: 'prog'" in found.err


@EVERY_WAY_IN
def test_a_zip_archive_is_run(flags: list[str], program: Program) -> None:
    # RUN-19, which coverage.py cannot.
    with zipfile.ZipFile(program.root / "prog.zip", "w") as archive:
        archive.writestr("__main__.py", "import inside\nprint(inside.f())\n")
        archive.writestr("inside.py", "def f():\n    return 1\ndef g():\n    return 2\n")
    plain = program.plain(*flags, "prog.zip", "a")
    assert run_without_site(program, flags, "prog.zip", "a") == plain
    assert program.missing() == {"prog.zip/__main__.py": [], "prog.zip/inside.py": [4]}


def test_modules_inside_an_archive_on_the_path_are_measured(program: Program) -> None:
    # GLB-12.
    with zipfile.ZipFile(program.root / "lib.zip", "w") as archive:
        archive.writestr("inside.py", "def f():\n    return 1\ndef g():\n    return 2\n")
    program.write(
        "prog.py", "import sys\nsys.path.insert(0, 'lib.zip')\nimport inside\ninside.f()\n"
    )
    assert program.run("prog.py") == program.plain("prog.py")
    assert program.missing() == {"lib.zip/inside.py": [4], "prog.py": []}


@EVERY_WAY_IN
def test_a_compiled_program_is_run(flags: list[str], program: Program) -> None:
    # RUN-17; its source lies beside it.
    source = program.write("prog.py", HELLO)
    py_compile.compile(str(source), str(program.root / "prog.pyc"), doraise=True)
    plain = program.plain(*flags, "prog.pyc")
    assert run_without_site(program, flags, "prog.pyc") == plain
    assert program.missing() == program.marked("prog.py")


BROKEN = {
    "syntax error": "print(1)\nif True print(2)\n",
    "unclosed bracket": "x = (1,\n",
    "tabs": "if 1:\n\tx = 1\n        y = 2\n",
    "interrupt": "def f():\n    raise KeyboardInterrupt\nf()\n",
    "exception in a hook": "import sys\nsys.excepthook = lambda *a: print(a[1])\nint('x')\n",
    "exception": "def f():\n    raise ValueError('x')\nf()\n",
    "syntax error in an import": "import broken\n",
    "exit with text": "raise SystemExit('bye')\n",
    "group": "raise ExceptionGroup('many', [ValueError(1), KeyError(2)])\n",
}


@BOTH_WAYS_IN
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_program_says_what_it_says_alone(
    name: str, flags: list[str], program: Program
) -> None:
    # LIM-40: with the place and the caret.
    program.write("broken.py", "def f(:\n")
    program.write("prog.py", BROKEN[name])
    assert run_without_site(program, flags, "prog.py") == program.plain(*flags, "prog.py")
    words = ("-m", "prog")
    assert run_without_site(program, flags, *words) == program.plain(*flags, *words)


def old_data(program: Program) -> bytes:
    """A run's data, to see whether the next one leaves it alone."""
    program.write("old.py", "x = 1\n")
    assert program.run("old.py").code == 0
    return program.data_file.read_bytes()


# RUN-18, RUN-20
NOT_THERE = {
    "no file": (["nothing.py"], "no file to run: 'nothing.py'"),
    "a directory without a program": (["empty"], "it has no __main__.py"),
    "no module": (["-m", "nothing"], "no module to run: 'nothing'"),
    "no inner module": (["-m", "pkg.nothing"], "no module to run: 'pkg.nothing'"),
    "no package": (["-m", "nothing.at.all"], "no module to run: 'nothing.at.all'"),
    "a package that cannot be run": (["-m", "pkg"], "cannot run the package 'pkg'"),
    "a module that is no package": (["-m", "string.inner"], "no module to run: 'string.inner'"),
}


@pytest.mark.parametrize("name", NOT_THERE)
def test_a_program_that_is_not_there_leaves_the_old_data_alone(name: str, program: Program) -> None:
    words, message = NOT_THERE[name]
    (program.root / "empty").mkdir()
    program.write("pkg/__init__.py", "")
    before = old_data(program)
    found = program.run(*words)
    assert (found.code, found.out) == (1, "")
    assert message in found.err
    assert "Traceback" not in found.err
    assert program.data_file.read_bytes() == before
    assert program.left_behind() == []
    assert program.missing() == {"old.py": []}


def test_data_of_a_broken_program_replaces_the_old(program: Program) -> None:
    # Old numbers would look like the new program's (RUN-21 leaves an empty file as well).
    old_data(program)
    program.write("prog.py", "x = (\n")
    assert program.run("prog.py").code == 1
    assert program.cov("report").code == 1


def test_a_program_may_leave_its_directory_and_delete_it(program: Program) -> None:
    # RUN-03, RUN-24.
    program.write(
        "prog.py",
        """
        import os, shutil, tempfile
        folder = tempfile.mkdtemp()
        os.chdir(folder)
        import worker
        shutil.rmtree(folder)
        def later():
            return 1
        later()
        """,
    )
    program.write("worker.py", "x = 1\n")
    for options in ([], ["--data-file=sub/data"], ["-p"]):
        for flags in ([], ["-S"]):
            words = (*options, "prog.py")
            assert run_without_site(program, flags, *words) == program.plain(*flags, "prog.py")
            where = ["--data-file=sub/data"] if "sub" in "".join(options) else []
            assert program.missing(*where) == {"prog.py": [], "worker.py": []}


def test_the_directory_of_the_data_file_is_made(program: Program) -> None:
    program.write("prog.py", "print(1)\n")
    assert program.run("--data-file=a/b/data", "prog.py") == program.plain("prog.py")
    assert program.missing("--data-file=a/b/data") == {"prog.py": []}
    assert sorted(os.listdir(program.root / "a" / "b")) == [".cov_cache", "data"]


TWO_WAYS = """
import sys
if len(sys.argv) > 1:
    print("with")
else:
    print("without")
"""


def test_append_adds_and_a_fresh_run_replaces(program: Program) -> None:
    program.write("prog.py", TWO_WAYS)
    program.run("prog.py")
    assert program.missing() == {"prog.py": [3]}
    program.run("--append", "prog.py", "x")
    assert program.missing() == {"prog.py": []}
    program.run("prog.py", "x")
    assert program.missing() == {"prog.py": [5]}


def test_append_after_a_kill_adds_to_what_the_killed_run_left(program: Program) -> None:
    program.write("prog.py", TWO_WAYS + "import os, signal\nif len(sys.argv) < 3: os.kill(0, 0)\n")
    program.write("killed.py", "import os, signal\nos.kill(os.getpid(), 9)\nx = 1\n")
    program.run("prog.py")
    program.run("killed.py")  # would have replaced the data
    program.run("--append", "prog.py", "x")
    assert program.missing() == {"killed.py": [3], "prog.py": [5]}


def test_parallel_runs_wait_for_combine(program: Program) -> None:
    program.write("prog.py", TWO_WAYS)
    program.run("-p", "prog.py")
    program.run("-p", "prog.py", "x")
    assert not program.data_file.exists()
    assert len(program.left_behind()) == 2
    assert program.cov("combine", "-q").code == 0
    assert program.missing() == {"prog.py": []}
    assert program.left_behind() == []


def test_runs_at_the_same_time_do_not_disturb_each_other(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import subprocess, sys
        command = [sys.executable, "-m", "cov_cli", "run", "-p", "worker.py"]
        children = [subprocess.Popen([*command, str(n)]) for n in range(4)]
        print([child.wait() for child in children])
        """,
    )
    program.write(
        "worker.py",
        "import sys\n" + "".join(f"if sys.argv[1] == '{n}':\n    print\n" for n in range(4)),
    )
    assert program.plain("prog.py").out == "[0, 0, 0, 0]\n"
    assert program.cov("combine", "-q").code == 0
    assert program.missing() == {"worker.py": []}


def test_a_context_labels_all_that_a_run_measures(program: Program) -> None:
    program.write("prog.py", TWO_WAYS)
    program.run("--context=first", "prog.py")
    program.run("--context=second one", "--append", "prog.py", "x")
    contexts = program.report("--show-contexts")["prog.py"]["contexts"]
    assert {line: sorted(labels) for line, labels in contexts.items()} == {
        "1": ["first", "second one"],
        "2": ["first", "second one"],
        "3": ["second one"],
        "5": ["first"],
    }


@pytest.mark.parametrize("core", CORES)
def test_every_core_sees_the_same(core: str, program: Program) -> None:
    program.write("prog.py", HELLO)
    assert program.run("--branch", "prog.py", env={"COVERAGE_CORE": core}) == program.plain(
        "prog.py"
    )
    assert program.missing() == program.marked("prog.py")


def test_timid_is_the_plain_trace_function(program: Program) -> None:
    program.write("prog.py", "import sys\nprint('cov_tracer.pytracer' in sys.modules)\n")
    assert program.run("--timid", "prog.py").out == "True\n"
    assert program.run("prog.py").out == "False\n"


def package(program: Program) -> None:
    program.write("pkg/__init__.py", "")
    program.write("pkg/used.py", "x = 1\n")
    program.write("pkg/never.py", "x = 1\ny = 2\n")
    program.write("pkg/sub/__init__.py", "")
    program.write("pkg/sub/deep.py", "x = 1\n")
    program.write("pkg/nopackage/odd.py", "x = 1\n")
    program.write("other.py", "x = 1\n")
    program.write("prog.py", "import pkg.used, other\n")


SELECTED = {
    "everything": ([], {"other.py", "pkg/__init__.py", "pkg/used.py", "prog.py"}),
    "a directory": (
        ["--source=pkg"],
        {
            "pkg/__init__.py",
            "pkg/used.py",
            "pkg/never.py",
            "pkg/sub/__init__.py",
            "pkg/sub/deep.py",
        },
    ),
    "a package": (
        ["--source=pkg.sub"],  # never imported: LIM-43
        {"pkg/sub/__init__.py", "pkg/sub/deep.py"},
    ),
    "a module": (["--source=other"], {"other.py"}),
    "two": (["--source=other,pkg/sub"], {"other.py", "pkg/sub/__init__.py", "pkg/sub/deep.py"}),
    "source with omit": (
        ["--source=pkg", "--omit=*/sub/*,pkg/never.py"],
        {"pkg/__init__.py", "pkg/used.py"},
    ),
    "include": (["--include=pkg/*"], {"pkg/__init__.py", "pkg/used.py"}),
    "include by name": (["--include=other.py,used.py"], {"other.py", "pkg/used.py"}),
    "omit": (["--omit=pkg/*,prog.py"], {"other.py"}),
    "include and omit": (["--include=pkg/*", "--omit=*/__init__.py"], {"pkg/used.py"}),
}


@pytest.mark.parametrize("name", SELECTED)
def test_options_select_the_files(name: str, program: Program) -> None:
    options, expected = SELECTED[name]
    package(program)
    code, out, err = vars(program.run(*options, "prog.py")).values()
    assert (code, out) == (program.plain("prog.py").code, program.plain("prog.py").out)
    # WRN-01, WRN-02: nothing of that package runs, and so it is said.
    said = ["(module-not-imported)", "(no-data-collected)"] if name == "a package" else []
    assert [line.split()[-1] for line in err.splitlines()] == said
    assert set(program.missing()) == expected


@pytest.mark.parametrize("name", ["a directory", "source with omit"])
def test_files_that_never_ran_are_known_after_a_kill(name: str, program: Program) -> None:
    options, expected = SELECTED[name]
    package(program)
    program.write("prog.py", "import pkg.used, other, os\nos.kill(os.getpid(), 9)\n")
    assert program.run(*options, "prog.py").code == -9
    assert set(program.missing()) == expected


def test_the_standard_library_is_measured_on_request(program: Program) -> None:
    program.write("prog.py", "import colorsys\ncolorsys.rgb_to_hsv(1, 0, 0)\n")
    assert program.run("--pylib", "prog.py") == program.plain("prog.py")
    assert any(name.endswith("colorsys.py") for name in program.missing())
    program.run("prog.py")
    assert set(program.missing()) == {"prog.py"}


def test_relative_names_are_stored_on_request(program: Program) -> None:
    # GLB-01.
    package(program)
    program.write(".coveragerc", "[run]\nrelative_files = true\nsource = pkg\n")
    program.run("prog.py")
    with sqlite3.connect(program.data_file) as data:
        names = {name for (name,) in data.execute("select path from file")}
    data.close()
    assert names == SELECTED["a directory"][1]


def test_a_link_to_the_program_is_run_as_a_link(program: Program) -> None:
    program.write("real/prog.py", HELLO)
    (program.root / "link.py").symlink_to("real/prog.py")
    assert program.run("link.py") == program.plain("link.py")
    assert program.missing() == program.marked("real/prog.py")


def test_input_and_output_are_the_programs_own(program: Program) -> None:
    program.write("prog.py", "import sys\nprint(sys.stdin.read().upper(), file=sys.stderr)\n")
    where = program.root / "in.txt"
    where.write_text("typed")
    with where.open() as typed:
        done = program.start(["sh", "-c", f"{sys.executable} -m cov_cli run prog.py < in.txt"])
        assert typed.read() == "typed"
    assert done == Outcome(0, "", "TYPED\n")


def test_streams_that_are_closed_from_the_start_do_no_harm(program: Program) -> None:
    program.write("prog.py", "import sys\nx = 1\nraise SystemExit(4)\n")
    command = f"{sys.executable} -m cov_cli run prog.py <&- >&- 2>&-"
    assert program.start(["sh", "-c", command]).code == 4
    assert program.missing() == {"prog.py": []}
