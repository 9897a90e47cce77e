"""A good guest: what measurement adds to a process, counted, and what it leaves alone.

Issue 2, "What must hold", 7. What a process sees of itself is compared with the plain process.
"""

from __future__ import annotations

import ast
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from support.program import CORES, Program

BARE = {
    "cov_cli",
    "cov_cli.measured",
    "cov_cli.measured.selection",
    "cov_cli.measured.session",
    "cov_cli.measured.settings",
    "cov_tracer",
    "cov_tracer._tracer",
    "_posixsubprocess",  # to be changed before subprocess takes something out of it
}
# All that measurement ever adds to a process. To add a module, take one out.
ADDED = {
    "sysmon": BARE,
    "ctrace": BARE,
    "pytrace": BARE | {"cov_tracer.pytracer"},
}
PATTERNS = {"cov_cli.measured.globs"}
LIMIT = 10

MODULES = "import sys; print(*sorted(sys.modules))"

EVERY_CORE = pytest.mark.parametrize("core", CORES)


def loaded(
    program: Program, *words: str, core: str = "", env: dict[str, str] | None = None
) -> set[str]:
    if core:
        env = {"COVERAGE_CORE": core, **(env or {})}
        outcome = program.run(*words, env=env)
    else:
        outcome = program.plain(*words)
    assert outcome.code == 0, outcome
    return set(outcome.out.split())


@EVERY_CORE
def test_measurement_adds_these_modules_and_no_other(core: str, program: Program) -> None:
    program.write("prog.py", MODULES)
    added = loaded(program, "prog.py", core=core) - loaded(program, "prog.py")
    assert added == ADDED[core]
    # --timid has its trace function, a module of its own, on top.
    assert len(added - {"cov_tracer.pytracer"}) < LIMIT


@EVERY_CORE
def test_patterns_cost_one_module_more(core: str, program: Program) -> None:
    program.write("prog.py", MODULES)
    added = loaded(program, "--omit=x/*", "prog.py", core=core) - loaded(program, "prog.py")
    assert added == ADDED[core] | PATTERNS


@EVERY_CORE
def test_a_child_process_gets_the_same_few_modules(core: str, program: Program) -> None:
    program.write(
        "prog.py",
        f"""
        import subprocess, sys
        subprocess.run([sys.executable, "-c", {MODULES!r}], check=True)
        """,
    )
    plain = loaded(program, "prog.py")
    assert loaded(program, "prog.py", core=core) - plain == ADDED[core]


@EVERY_CORE
def test_nothing_is_imported_later(core: str, program: Program) -> None:
    # A program's own files may shadow the standard library by then.
    program.write("os_helper.py", "def f(x):\n    return [i for i in range(x) if i % 2]\n")
    program.write(
        "prog.py",
        """
        import atexit, sys, threading
        import os_helper
        at_start = set(sys.modules)
        atexit.register(lambda: print(*sorted(set(sys.modules) - at_start), "."))
        thread = threading.Thread(target=os_helper.f, args=(9,))
        thread.start()
        thread.join()
        exec(compile("a = 1\\nb = 2\\n", "invented.py", "exec"))
        sys.path.append("somewhere")
        exec(compile("a = 1\\nb = 2\\n", "invented too.py", "exec"))
        try:
            os_helper.f("no number")
        except TypeError:
            pass
        """,
    )
    plain = program.plain("prog.py")
    assert program.run("--branch", "prog.py", env={"COVERAGE_CORE": core}) == plain


@EVERY_CORE
def test_files_of_the_program_shadow_nothing_of_ours(core: str, program: Program) -> None:
    names = ("atexit", "sqlite3", "datetime", "threading", "runpy", "signal", "json", "types")
    for name in names:
        program.write(f"sub/{name}.py", f"raise SystemExit('our own {name} was imported')")
    program.write("sub/prog.py", "for x in range(2):\n    print(x)\n")
    words = ("--omit=x/*", "sub/prog.py")
    assert program.run(*words, env={"COVERAGE_CORE": core}) == program.plain("sub/prog.py")
    assert program.missing() == {"sub/prog.py": []}


# What a process can see of itself. Printed as JSON, so that a difference is named.
MIRROR = """
import json, os, sys, signal, threading, warnings, gc, _thread
main = sys.modules["__main__"]
def look():
    signals = {}
    for number in signal.valid_signals():
        signals[str(number)] = str(signal.getsignal(number))
    return {
        "argv": sys.argv,
        "orig_argv_tail": sys.orig_argv[1:],
        "path": sys.path,
        "flags": str(sys.flags),
        "warnoptions": sys.warnoptions,
        "xoptions": str(sys._xoptions),
        "filters": str(warnings.filters),
        "names": sorted(vars(main)),
        "values": [
            repr(vars(main).get(n))
            for n in ("__name__", "__doc__", "__package__", "__file__", "__builtins__")
        ],
        "loader": type(vars(main).get("__loader__")).__name__,
        "spec": str(vars(main).get("__spec__")).partition(" at 0x")[0],
        "cached": str(vars(main).get("__cached__", "none")),
        "meta_path": [getattr(x, "__name__", type(x).__name__) for x in sys.meta_path],
        "path_hooks": len(sys.path_hooks),
        "excepthook": str(sys.excepthook),
        "displayhook": str(sys.displayhook),
        "unraisablehook": str(sys.unraisablehook),
        "threading_hook": str(threading.excepthook),
        "threads": [t.name for t in threading.enumerate()],
        "thread_count": _thread._count(),
        "signals": signals,
        "recursion": sys.getrecursionlimit(),
        "gc": [gc.isenabled(), gc.get_threshold(), len(gc.callbacks)],
        "cwd": os.getcwd(),
        "environment": sorted(os.environ.items()),
        "descriptors": len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0,
        "umask": os.umask(0o22),
        "switch": sys.getswitchinterval(),
        "audit": [n for n in dir(os) if n.startswith("cov")],
        "start": [str(_thread.start_new_thread), str(threading._start_new_thread)]
        if hasattr(threading, "_start_new_thread") and SYSMON else [],
        "profile": str(sys.getprofile()),
        "trace": str(sys.gettrace()) if SYSMON else "None",
        "thread_trace": str(threading.gettrace()),
        "thread_profile": str(threading.getprofile()),
    }
print(json.dumps(look()))
"""
ONLY_OURS = {"COV_SETTINGS", "COVERAGE_RUN"}


def mirror(core: str) -> str:
    return f"SYSMON = {core == 'sysmon'}\n{MIRROR}"


def seen(
    program: Program, *words: str, core: str | None = None, flags: list[str] | None = None
) -> dict[str, Any]:
    """What MIRROR shows, without what is ours, which has to be there."""
    if core is None:
        outcome = program.plain(*(flags or []), *words)
    else:
        outcome = program.run(*words, flags=flags or [], env={"COVERAGE_CORE": core})
    assert (outcome.code, outcome.err) == (0, ""), outcome
    found: dict[str, Any] = json.loads(outcome.out)
    environment = dict(found["environment"])
    if core is None:
        assert ONLY_OURS & set(environment) == {"COV_SETTINGS"}
        assert environment["COV_SETTINGS"] == ""  # Program.start says why
    else:
        assert environment["COVERAGE_RUN"] == "true"  # RUN-07
        assert environment["COVERAGE_CORE"] == core
    for name in (*ONLY_OURS, "COVERAGE_CORE"):
        environment.pop(name, None)
    found["environment"] = environment
    return found


def as_script(program: Program, text: str) -> list[str]:
    program.write("sub/prog.py", text)
    return ["sub/prog.py", "one", "--branch"]


def as_module(program: Program, text: str) -> list[str]:
    program.write("prog.py", text)
    return ["-m", "prog", "one", "-x"]


def as_package(program: Program, text: str) -> list[str]:
    program.write("pkg/__init__.py", "")
    program.write("pkg/inner/__init__.py", "")
    program.write("pkg/inner/__main__.py", text)
    return ["-m", "pkg.inner", "one"]


def as_directory(program: Program, text: str) -> list[str]:
    program.write("folder/__main__.py", text)
    return ["folder", "one"]


def as_archive(program: Program, text: str) -> list[str]:
    with zipfile.ZipFile(program.root / "prog.zip", "w") as archive:
        archive.writestr("__main__.py", text)
    return ["prog.zip", "one"]


def as_link(program: Program, text: str) -> list[str]:
    program.write("real/prog.py", text)
    Path(program.root / "link.py").symlink_to("real/prog.py")
    return ["link.py"]


FORMS = {
    "script": as_script,
    "module": as_module,
    "package": as_package,
    "directory": as_directory,
    "archive": as_archive,
    "link": as_link,
}


@EVERY_CORE
@pytest.mark.parametrize("form", FORMS)
def test_a_program_sees_what_it_sees_without_us(form: str, core: str, program: Program) -> None:
    # RUN-08 to RUN-15, RUN-19.
    words = FORMS[form](program, mirror(core))
    assert seen(program, *words, core=core) == seen(program, *words)


FLAGS = {
    "warnings are errors": ["-W", "error"],
    "development mode": ["-X", "dev"],
    "both": ["-W", "error", "-X", "dev", "-X", "tracemalloc"],
    "isolated": ["-I"],
    "safe path": ["-P"],
    "optimized": ["-OO"],
    "verbatim": ["-B", "-u", "-s", "-E"],
    "joined values": ["-Werror", "-Xutf8", "-Wignore:a:UserWarning:form"],
}


@pytest.mark.parametrize("flags", FLAGS.values(), ids=FLAGS)
def test_flags_of_the_interpreter_are_the_programs(flags: list[str], program: Program) -> None:
    program.write("prog.py", mirror(CORES[0]))
    assert seen(program, "prog.py", core=CORES[0], flags=flags) == seen(
        program, "prog.py", flags=flags
    )


@EVERY_CORE
@pytest.mark.parametrize("flags", [["-W", "error"], ["-X", "dev"]], ids=" ".join)
def test_a_program_of_many_parts_makes_no_sound_it_does_not_make_alone(
    flags: list[str], core: str, program: Program
) -> None:
    program.write(
        "prog.py",
        """
        import asyncio, gc, subprocess, sys, threading
        async def wait():
            async for x in count():
                await asyncio.sleep(0)
        async def count():
            yield 1
            yield 2
        asyncio.run(wait())
        thread = threading.Thread(target=lambda: [x for x in range(3)])
        thread.start()
        thread.join()
        subprocess.run([sys.executable, "-c", "print(1)"], check=True)
        gc.collect()
        """,
    )
    plain = program.plain(*flags, "prog.py")
    assert plain.err == ""
    assert program.run("--branch", "prog.py", flags=flags, env={"COVERAGE_CORE": core}) == plain


@pytest.mark.skipif(sys.version_info < (3, 12), reason="3.11 has sys.settrace only")
def test_debuggers_and_profilers_find_their_places_free(program: Program) -> None:
    program.write(
        "prog.py",
        """
        import sys, threading
        calls = []
        def trace(frame, event, arg):
            calls.append(event)  # not run
            return trace  # not run
        def f():
            return 1
        assert sys.gettrace() is None and sys.getprofile() is None
        sys.settrace(trace)
        f()
        sys.settrace(None)
        sys.setprofile(lambda *what: None)
        f()
        sys.setprofile(None)
        for tool in (sys.monitoring.DEBUGGER_ID, sys.monitoring.PROFILER_ID):
            sys.monitoring.use_tool_id(tool, "mine")
        print(calls)
        """,
    )
    assert program.run("prog.py") == program.plain("prog.py")
    # While a trace function runs CPython tells nobody anything, us included.
    assert program.missing() == program.marked("prog.py")


def test_the_settings_are_one_variable_that_children_inherit(program: Program) -> None:
    program.write("prog.py", "import os; print(sorted(os.environ.items()))")
    plain = dict(ast.literal_eval(program.plain("prog.py").out))
    armed = dict(ast.literal_eval(program.run("prog.py").out))
    assert plain.pop("COV_SETTINGS") == ""  # Program.start says why
    assert set(armed) - set(plain) == ONLY_OURS
    assert {name: armed[name] for name in plain} == plain
