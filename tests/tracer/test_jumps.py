"""Reading bytecode: lines and jumps of the standard library, as Python itself tells them.

linetable.c, jumps.c, finally.c and departures.c know no Python object, so they are compiled here
and called as they are.
"""

from __future__ import annotations

import ctypes
import dis
import os
import random
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import CodeType

import pytest

from cov_tracer import _tracer

CSRC = Path(__file__).parents[2] / "packages" / "cov-tracer" / "csrc"
C_FILES = ("linetable.c", "jumps.c", "finally.c", "departures.c")
COMPILER = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc")
NO_LINE = -1
OPEN = -(2**31)
ROOM = 2048

# Every kind of flow, without the long tail: some seconds' worth.
MODULES = (
    *("argparse", "ast", "asyncio/base_events", "asyncio/locks", "asyncio/tasks", "bdb", "cgitb"),
    *("collections/__init__", "contextlib", "copy", "csv", "dataclasses", "datetime", "difflib"),
    *("dis", "doctest", "email/_header_value_parser", "enum", "fractions", "ftplib", "functools"),
    *("gzip", "http/client", "imaplib", "inspect", "json/decoder", "logging/__init__", "mailbox"),
    *("nntplib", "opcode", "pathlib", "pdb", "pickle", "platform", "plistlib", "pydoc", "random"),
    *("shutil", "smtplib", "socket", "ssl", "statistics", "subprocess", "tarfile", "tempfile"),
    *("textwrap", "threading", "tokenize", "traceback", "typing", "unittest/mock", "urllib/parse"),
    *("urllib/request", "uuid", "weakref", "xml/etree/ElementTree", "zipfile", "zipfile/__init__"),
)

pytestmark = [
    pytest.mark.skipif(COMPILER is None, reason="no C compiler"),
    pytest.mark.skipif(not CSRC.exists(), reason="no sources"),
    pytest.mark.skipif(sys.platform == "win32", reason="compiles as on POSIX"),
]


class Bytecode(ctypes.Structure):
    """jumps.h: Bytecode."""

    _fields_ = (
        ("code", ctypes.c_char_p),
        ("lines", ctypes.POINTER(ctypes.c_int32)),
        ("units", ctypes.c_size_t),
        ("places", ctypes.c_char_p),
        ("places_size", ctypes.c_size_t),
        ("exceptions", ctypes.c_char_p),
        ("exceptions_size", ctypes.c_size_t),
        ("first_line", ctypes.c_int32),
        ("leaves", ctypes.c_int),
    )


class Crossings(ctypes.Structure):
    """departures.h: Crossings."""

    _fields_ = (("found", ctypes.c_void_p), ("count", ctypes.c_size_t))


class Departures(ctypes.Structure):
    """departures.h: Departures."""

    _fields_ = (
        ("found", ctypes.c_void_p),
        ("count", ctypes.c_size_t),
        ("by", ctypes.c_uint),
    )


class Jump(ctypes.Structure):
    """jumps.h: Jump."""

    _fields_ = (
        ("offset", ctypes.c_int32),
        ("next", ctypes.c_int32),
        ("end", ctypes.c_int32),
        ("start", ctypes.c_int32),
        ("to_next", ctypes.c_int32),
        ("to_jump", ctypes.c_int32),
        ("next_seen", ctypes.c_uint8),
        ("jump_seen", ctypes.c_uint8),
        ("is_async", ctypes.c_uint8),
        ("unheard", ctypes.c_uint8),
        ("next_too", ctypes.c_int32),
        ("jump_too", ctypes.c_int32),
    )


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    """The units as a library."""
    library = tmp_path_factory.mktemp("units") / "units.so"
    # The private folder too: a Python built in a tree of its own has pyconfig.h elsewhere.
    include = {sysconfig.get_path(name) for name in ("include", "platinclude")}
    subprocess.run(
        [
            str(COMPILER),
            *("-std=c11", "-O1", "-shared", "-fPIC", "-Wl,-z,undefs"),
            *(f"-I{folder}" for folder in include),
            *("-o", str(library)),
            *(str(CSRC / name) for name in C_FILES),
        ],
        check=True,
    )
    return ctypes.CDLL(str(library))


def nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from nested(constant)


@cache
def library() -> list[CodeType]:
    """Code objects of the standard library."""
    found: list[CodeType] = []
    for name in MODULES:
        path = Path(sysconfig.get_path("stdlib")) / f"{name}.py"
        if path.exists():
            found += nested(compile(path.read_bytes(), str(path), "exec", dont_inherit=True))
    assert len(found) > 5000
    return found


def lines_of(units: ctypes.CDLL, table: bytes, first: int, count: int) -> list[int]:
    lines = (ctypes.c_int32 * max(count, 1))()
    units.linetable_decode(
        table, ctypes.c_size_t(len(table)), ctypes.c_int32(first), lines, ctypes.c_size_t(count)
    )
    return list(lines)[:count]


def jumps_of(
    units: ctypes.CDLL, code: bytes, lines: list[int], tables: tuple[bytes, bytes], first_line: int
) -> list[Jump]:
    """`tables` are those of places and of exceptions."""
    jumps = (Jump * ROOM)()
    given = (ctypes.c_int32 * max(len(lines), 1))(*lines)
    places, exceptions = tables
    bytecode = Bytecode(
        *(code, given, len(lines), places, len(places), exceptions, len(exceptions)),
        *(first_line, 1),
    )
    units.jumps_find.restype = ctypes.c_size_t
    count = units.jumps_find(ctypes.byref(bytecode), jumps, ctypes.c_size_t(ROOM))
    assert count <= ROOM
    departures = Departures(None, 0, 0)
    found = jumps[:count]
    copies = (Jump * ROOM)(*(Jump.from_buffer_copy(jump) for jump in found))
    assert (
        units.departures_of_jumps(
            ctypes.byref(departures), ctypes.byref(bytecode), copies, ctypes.c_size_t(count)
        )
        == 0
    )
    assert departures.count <= 4 * count
    units.departures_clear(ctypes.byref(departures))
    crossings = Crossings(None, 0)
    assert units.departures_cross(ctypes.byref(crossings), ctypes.byref(bytecode)) == 0
    assert crossings.count <= 2 * count
    ctypes.CDLL(None).free(ctypes.c_void_p(crossings.found))
    return found


def lines_as_told(code: CodeType) -> list[int]:
    lines = [NO_LINE] * (len(code.co_code) // 2)
    for start, end, line in code.co_lines():
        for unit in range(start // 2, end // 2):
            lines[unit] = NO_LINE if line is None else line
    return lines


def test_lines_are_those_that_co_lines_tells(units: ctypes.CDLL) -> None:
    for code in library():
        wanted = lines_as_told(code)
        table = code.co_linetable
        assert lines_of(units, table, code.co_firstlineno, len(wanted)) == wanted, code
        for unit in range(0, len(wanted), 17):
            found = units.linetable_line(
                table,
                ctypes.c_size_t(len(table)),
                ctypes.c_int32(code.co_firstlineno),
                ctypes.c_size_t(unit),
            )
            assert found == wanted[unit], (code, unit)


# A jump that decides something: what dis calls a jump, and has another way.
CONDITIONAL = {
    name for name in dis.opmap if name.startswith(("POP_JUMP", "JUMP_IF")) or name == "FOR_ITER"
} - {name for name in dis.opmap if name.startswith("INSTRUMENTED")}


def test_conditional_jumps_are_those_that_dis_tells(units: ctypes.CDLL) -> None:
    compared = 0
    for code in library():
        lines = lines_as_told(code)
        tables = (code.co_linetable, code.co_exceptiontable)
        jumps = jumps_of(units, code.co_code, lines, tables, code.co_firstlineno)
        found = {jump.offset: jump for jump in jumps if not jump.is_async}
        instructions = list(dis.get_instructions(code))
        following = {this.offset: after.offset for this, after in pairwise(instructions)}
        wanted = {
            instruction.offset: instruction
            for instruction in instructions
            if instruction.opname in CONDITIONAL and lines[instruction.offset // 2] != NO_LINE
        }
        assert set(found) == set(wanted), code
        possible = {*lines, -code.co_firstlineno, OPEN}
        for offset, jump in found.items():
            assert (jump.start, jump.next) == (lines[offset // 2], following[offset]), code
            assert {jump.to_next, jump.to_jump} <= possible, (code, offset)
            for target, told in (
                (jump.next, jump.to_next),
                (wanted[offset].argval, jump.to_jump),
            ):
                line = lines[target // 2]
                passed_by = loads_three(code, target) or is_midway(code, target)
                if line not in (NO_LINE, jump.start) and not passed_by:
                    assert told == line, (code, offset)
                    compared += 1
    assert compared > 5_000


def is_midway(code: CodeType, offset: int) -> bool:
    """Whether a line may begin there that stands in the midst of a statement over several lines."""
    name = dis.opname[code.co_code[offset]]
    return name.startswith(("STORE_", "UNPACK_")) or name == "POP_TOP"


def loads_three(code: CodeType, offset: int) -> bool:
    """Whether a `with` block may be left there."""
    at = offset
    while code.co_code[at] == dis.opmap.get("SWAP"):
        at += 2
    names = [
        dis.opname[code.co_code[at + step]] for step in (0, 2, 4) if at + step < len(code.co_code)
    ]
    return all(name in ("LOAD_CONST", "LOAD_COMMON_CONSTANT") for name in names)


def test_rubbish_for_bytecode_does_no_harm(units: ctypes.CDLL) -> None:
    chance = random.Random(3)
    known = sorted(dis.opmap.values())
    flow = [
        dis.opmap[name]
        for name in ("EXTENDED_ARG", "JUMP_FORWARD", "JUMP_BACKWARD", "SEND", "END_ASYNC_FOR")
    ] + [dis.opmap[name] for name in CONDITIONAL]
    told = 0
    for _ in range(5000):
        count = chance.randrange(1, 120)
        code = b"".join(
            bytes(
                (chance.choice(chance.choice((known, flow))) & 255, chance.choice((0, 1, 2, 255)))
            )
            for _ in range(count)
        )
        lines = [chance.choice((NO_LINE, 0, 1, 1, 2, 3)) for _ in range(count)]
        tables = (chance.randbytes(chance.randrange(60)), chance.randbytes(chance.randrange(60)))
        for jump in jumps_of(units, code, lines, tables, 7):
            assert 0 <= jump.offset <= 2 * count and jump.start != NO_LINE
            assert {jump.to_next, jump.to_jump} <= {*lines, -7, OPEN} - {NO_LINE}
            told += 1
    assert told > 10_000


def test_rubbish_for_tables_does_no_harm() -> None:
    """Whoever makes code objects by hand may put anything into them."""
    chance = random.Random(4)
    template = next(code for code in library() if code.co_exceptiontable)
    for _ in range(3000):
        code = template.replace(
            co_linetable=chance.randbytes(chance.randrange(60)),
            co_exceptiontable=chance.randbytes(chance.randrange(60)),
            co_firstlineno=chance.choice((0, 1, 2**31 - 1)),
        )
        assert len(_tracer.code_units(code)) == len(template.co_code)


def test_what_is_no_code_object_has_no_units() -> None:
    with pytest.raises(TypeError, match="code object"):
        _tracer.code_units("x = 1")  # type: ignore[arg-type]
