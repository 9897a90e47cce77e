"""Real source, mutated: whatever the analyser is given, it says what it is or why it is none.

Files are analysed in a process of their own, so that a parser that crashes is seen; the name of
the file that is under way is written down first.
"""

from __future__ import annotations

import contextlib
import faulthandler
import platform
import re
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from cov_analysis import AnalysisError, NotPython, Source, analyze, measure
from tools.wheels import ROOT

BATCH = 250  # files a process
LIMIT = 60  # seconds a file may take
SIZE = 40_000  # bytes of a seed file; longer ones are cut

COOKIES = (
    b"# -*- coding: utf-8 -*-", b"# coding: latin-1", b"# coding: utf-16", b"# coding: rot13",
    b"# coding: nowhere", b"# coding: ascii", b"# coding: utf-7", b"# coding: cp1252",
    b"# coding: undefined", b"# coding: idna", b"# coding: unicode_escape", b"# coding: hex",
    b"# coding: utf-8-sig", b"# coding: \xff", b"# vim: set fileencoding=mbcs :",
)  # fmt: skip
BYTES = (
    b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\x0c", b"\r", b"\r\n", b"\t", b"\x1a", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\xe2\x80\xa8", b"\xc2\x85", b"\x0b", b"\x1c", b"\\\n", b"\\", b'"""',
    b"'''", b"'", b"(", b")", b"[", b"{", b":", b";", b"#", b"\xc2\xa0", b"\xc2\xb2", b"f'{",
    b"f'{x!r:{y}}'", b"0x", b"1_000_", b"1e999", b"\\N{DIGIT ONE}", b"lambda:", b"yield", b"*",
    b"async ", b"await ", b"match x:\n case ", b"except*", b"type X[T] = ", b"t'{x}'", b"lazy ",
    b"# pragma: no cover", b"# pragma: no branch", b"...", b"@", b"->", b":=", b"if TYPE_CHECKING:",
)  # fmt: skip
TOKEN = re.compile(rb"\w+|\s+|[^\w\s]")


def seed_files() -> list[Path]:
    """What is mutated: some of the standard library, and the sample programs."""
    library = Path(sysconfig.get_path("stdlib"))
    found = [*library.glob("*.py"), *library.glob("asyncio/*.py"), *library.glob("email/*.py")]
    found += [*library.glob("test/test_[a-g]*.py")]
    found = [path for path in found if path.is_file()]
    return sorted(found) + sorted((ROOT / "tests" / "cases").rglob("*.py"))


def mutated(seed: int, files: list[Path]) -> bytes:
    """A file that nobody has written."""
    chance = Random(seed)
    if chance.random() < 0.08:
        return _extreme(chance)
    data = chance.choice(files).read_bytes()
    data = _part(chance, data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        data = chance.choice(_MUTATIONS)(chance, data)
    return data


def _part(chance: Random, data: bytes) -> bytes:
    """Some whole statements of a file that is long."""
    if len(data) <= SIZE:
        return data
    starts = [found.start() for found in re.finditer(rb"^(?=def |class |@)", data, re.MULTILINE)]
    start = chance.choice(starts or [0])
    end = max((one for one in starts if start < one <= start + SIZE), default=len(data))
    return data[start:end]


def _on_bytes(chance: Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    width = chance.choice((1, 1, 2, 10, 100))
    return chance.choice(
        (
            data[:at] + data[at + width :],
            data[:at] + bytes([chance.randrange(256)]) + data[at:],
            data[:at] + chance.randbytes(width) + data[at + width :],
            data[:at] + data[at : at + width] * 3 + data[at + width :],
            data[:at],
            data[at:],
        )
    )


def _insert(chance: Random, data: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(BYTES) + data[at:]
    return data


def _on_tokens(chance: Random, data: bytes) -> bytes:
    return b"".join(_shuffled(chance, TOKEN.findall(data)))


def _on_lines(chance: Random, data: bytes) -> bytes:
    return b"".join(_shuffled(chance, data.splitlines(keepends=True)))


def _shuffled(chance: Random, parts: list[bytes]) -> list[bytes]:
    for _ in range(chance.choice((1, 2, 5))):
        if len(parts) < 2:
            break
        one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        match chance.randrange(4):
            case 0:
                del parts[one]
            case 1:
                parts.insert(other, parts[one])
            case 2:
                parts[one], parts[other] = parts[other], parts[one]
            case _:
                parts.insert(one, chance.choice(BYTES))
    return parts


def _indent(chance: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    at = chance.randrange(len(lines))
    pad = chance.choice((b" ", b"\t", b" \t", b"\x0c", b"\x0c  ", b" " * 200, b" " * 30_000))
    count = chance.choice((1, 1, 5, len(lines)))
    lines[at : at + count] = [pad + line for line in lines[at : at + count]]
    return b"".join(lines)


def _ends(chance: Random, data: bytes) -> bytes:
    old, new = chance.choice(
        ((b"\n", b"\r"), (b"\n", b"\r\n"), (b"\n", b"\x0c\n"), (b"    ", b"\t"))
    )
    return data.replace(old, new, chance.choice((-1, 1, 7)))


def _encode(chance: Random, data: bytes) -> bytes:
    cookie = chance.choice(COOKIES)
    match chance.randrange(4):
        case 0:
            return cookie + b"\n" + data
        case 1:
            return b"\xef\xbb\xbf" + cookie + b"\n" + data
        case 2:
            return b"#!/usr/bin/python\n" + cookie + b"\n" + data
        case _:
            codec = chance.choice(("utf-16", "utf-32", "utf-16-le", "utf-7", "cp037"))
            return data.decode("latin-1").encode(codec, "replace")


_MUTATIONS = (_on_bytes, _insert, _on_tokens, _on_lines, _indent, _ends, _encode)


def _extreme(chance: Random) -> bytes:
    """What is big or deep, and not by accident."""
    much = chance.choice((50, 90, 101, 150, 1000, 5000))
    more = chance.choice((2_000, 20_000))
    return chance.choice(
        (
            lambda: b"".join(b" " * i + b"if x:\n" for i in range(much)) + b" " * much + b"y\n",
            lambda: b"(" * much + b")" * much + b"\n",
            lambda: b"x = " + b"[" * much + b"1" + b"]" * much + b"\n",
            lambda: b"x = " + b"-" * more + b"1\n",
            lambda: b"x = " + b"not " * more + b"1\n",
            lambda: b"x = " + b"1 + " * more + b"1\n",
            lambda: b"x" + b".x" * more + b"\n",
            lambda: b"x" + b"()" * more + b"\n",
            lambda: b"if x: pass\n" + b"elif x: pass\n" * more,
            lambda: b"x = 1\n" * 100_000,
            lambda: b"if x:\n    y = 1\n" * 20_000,
            lambda: b"x = '" + b"y" * 1_000_000 + b"'\n",
            lambda: b"#" + b" pragma: no cover" * more + b"\n",
            lambda: b"f(" + b"x, " * more + b")\n",
            lambda: b"x = lambda: " * much + b"1\n",
            lambda: b"".join(b" " * i + b"def f():\n" for i in range(99)) + b" " * 99 + b"1",
            lambda: b"".join(b" " * i + b"try:\n" for i in range(min(much, 99))),
            lambda: b"f'" + b"{f\"" * min(much, 1000) + b"\n",
            lambda: b"class A:\n  x: int\n" * more,
            lambda: b"\\\n" * more + b"x = 1\n",
            lambda: b"@x\n" * more + b"def f(): pass\n",
            lambda: b"match x:\n" + b" case 1: pass\n" * more,
            lambda: b"x = 1" + b"0" * more + b"\n",
            lambda: b"with " + b"x, " * 400 + b"x:\n pass\n",
            lambda: b"'''" + b"\n" * 100_000 + b"'''\n",
            lambda: b"\n" * 100_000,
            lambda: b"\0" * 1000,
            lambda: b"",
            lambda: chance.randbytes(more),
            lambda: b"x = " + b"a if b else " * more + b"c\n",
            lambda: b"x = (" + b"y and\n" * more + b"z)\n",
            lambda: b"[x" + b" for x in y" * min(more, 5000) + b"]\n",
        )
    )()  # fmt: skip


def examine(path: Path) -> str:
    """Analyse one file: "" or why it is no Python. Anything but that escapes."""
    try:
        facts = analyze(Source.read(path))
        result = measure(facts, (), ())
    except NotPython as problem:
        assert problem.path == str(path), problem
        assert problem.reason, problem
        assert str(path) in str(problem), problem
        return f"line {problem.line}: {problem.reason}"
    except AnalysisError as problem:
        assert str(path) in str(problem), problem
        return str(problem)
    assert result.executed == frozenset()
    assert facts.statements.isdisjoint(facts.excluded)
    assert facts.branch_lines <= {line for line, _ in facts.arcs}
    for region in facts.regions:
        assert region.name
    return ""


def batch(first: int, count: int, folder: Path) -> int:
    """Examine files by their seeds: how many were Python. Says on stdout which one is under way."""
    files = seed_files()
    good = 0
    for seed in range(first, first + count):
        path = folder / f"made_{seed}.py"
        data = mutated(seed, files)
        path.write_bytes(data)
        print(seed, flush=True)
        faulthandler.dump_traceback_later(LIMIT, exit=True)
        good += examine(path) == ""
        faulthandler.cancel_dump_traceback_later()
        with contextlib.suppress(OSError):
            path.unlink()
    return good


def search(count: int, first: int) -> int:
    """Examine so many files, from a seed on; how it went, and 1 if anything was wrong."""
    started = time.monotonic()
    problems: list[str] = []
    good = done = 0
    while done < count:
        seeds, found, problem = _run(first + done, min(BATCH, count - done))
        done += seeds
        good += found
        problems += problem
    for line in problems:
        print(line)
    print(
        f"Python {platform.python_version()}: {count} mutated files from seed {first}, "
        f"{good} of them Python, {len(problems)} problems, {time.monotonic() - started:.0f} s"
    )
    return 1 if problems else 0


def _run(first: int, count: int) -> tuple[int, int, list[str]]:
    """How many files were examined, how many were Python, and what went wrong with the last."""
    with TemporaryDirectory() as folder:
        words = ("-X", "faulthandler", "-c", _CHILD, str(first), str(count), folder)
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
    last = (done.stdout.split() or [str(first)])[-1]
    if done.returncode == 0:
        return count, int(last.removeprefix("good=")), []
    reason = "\n".join(done.stderr.strip().splitlines()[-6:])
    at = int(last)
    return at - first + 1, 0, [f"seed {at}: ended by {done.returncode}: {reason}"]


_CHILD = """
import sys, pathlib
from tools.fuzz.hostile import batch
first, count, folder = sys.argv[1:]
print(f"good={batch(int(first), int(count), pathlib.Path(folder))}")
"""


def each(seeds: range, folder: Path) -> Iterator[str]:
    """What is said of each file, in this process."""
    files = seed_files()
    for seed in seeds:
        path = folder / f"made_{seed}.py"
        path.write_bytes(mutated(seed, files))
        yield examine(path)
