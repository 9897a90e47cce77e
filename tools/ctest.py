"""Compile each tests/ctest/test_*.c with the C units that know no Python object, and run it.

    python tools/ctest.py [name ...]

Address and undefined-behaviour sanitizers stop a program at its first mistake. A test is a program
that exits with 0 when it is content. Which units it needs stands in its own comments, a line each:
`/* units: journal.c factset.c */`; without one it gets every unit that does not include Python.h.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UNITS = ROOT / "packages" / "cov-tracer" / "csrc"
TESTS = ROOT / "tests" / "ctest"
FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread"]
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]


def knows_python(unit: Path) -> bool:
    """Whether a unit includes Python.h, itself or through one of our headers."""
    included = re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', unit.read_text(), re.MULTILINE)
    if "Python.h" in included:
        return True
    return any(knows_python(UNITS / name) for name in included if (UNITS / name).exists())


def units(test: Path) -> list[Path]:
    """The C files that a test is compiled with."""
    named = re.findall(r"units:([\w./ ]+)", test.read_text())
    if named:
        return [UNITS / name for names in named for name in names.split()]
    elsewhere = "_posix" if os.name == "nt" else "_windows"
    fitting = [unit for unit in sorted(UNITS.glob("*.c")) if not unit.stem.endswith(elsewhere)]
    return [unit for unit in fitting if not knows_python(unit)]


def passes(compiler: str, test: Path) -> bool:
    """Compile and run one test; its output goes to ours."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / test.stem
        sources = [str(test), *map(str, units(test))]
        command = [compiler, *FLAGS, *SANITIZE, f"-I{UNITS}", "-o", str(program), *sources]
        if subprocess.run(command).returncode != 0:
            return False
        environment = os.environ | {"ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0"}
        return subprocess.run([str(program)], cwd=folder, env=environment).returncode == 0


def main(wanted: list[str]) -> int:
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        print("ctest: no C compiler: install gcc or clang, or name one in CC", file=sys.stderr)
        return 1
    tests = [path for path in sorted(TESTS.glob("test_*.c")) if not wanted or path.stem in wanted]
    if not tests:
        print(f"ctest: no test_*.c in {TESTS.relative_to(ROOT)}", file=sys.stderr)
        return 1
    failed = []
    for test in tests:
        good = passes(compiler, test)
        print(f"{test.stem}: {'passed' if good else 'FAILED'}", flush=True)
        failed += [] if good else [test.stem]
    print(f"{len(tests) - len(failed)} of {len(tests)} C tests passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
