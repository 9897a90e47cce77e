"""Ways that go on in their line behind the jump or through a `finally`; lines without events."""

from __future__ import annotations

from pathlib import Path

import pytest
from tracer.observing import CORES, observe

from cov_tracer import CORE

only_events = pytest.mark.skipif(CORE != "sysmon", reason="no sys.monitoring")

IN_FINALLY = """
def f(x):
    try:
        if x: return 1
    finally:
        y = 1
    return y

def loop(x):
    for i in x:
        try:
            if i: continue
            y = 2
        finally:
            y = 1

def early(x):
    try:
        for i in x: return
    finally:
        y = 3
        z = 4

def handled(x):
    try:
        y += 1
    except BaseException:
        while str(x): return x == x
    finally:
        pass

def never(x):
    try:
        if x and str(x): return str(x)
    finally:
        return (str(x),
                x)[0]

def borrows(x):
    try:
        if x: return str(x)
    finally:
        if [i for i in x if i]: x = 1
    return x

async def items(x):
    yield x

def asynchronous(x):
    try:
        waits(x).send(None)
    except StopIteration:
        pass

async def waits(x):
    for i in x:
        try:
            async for i in items(x): return await waits("") if i else i
        finally:
            pass

queue = [True, False, False]

def begins():
    try:
        pass
    finally:
        while not queue.pop():
            while 0 or queue.pop():
                return

from contextlib import nullcontext

def held(x):
    for i in x:
        try:
            with nullcontext():
                with nullcontext():
                    if i: break
        finally:
            y = 1
        y = 2
    return y

def defines(x):
    try:
        x.pop()
    finally:
        def g(): return 1
"""


@pytest.mark.parametrize("core", CORES)
@pytest.mark.parametrize(
    ("call", "there", "not_there"),
    [
        ("f(1)", {(4, -2)}, {(4, 6)}),
        ("f(0)", {(4, 6)}, {(4, -2)}),
        ("loop([1])", {(12, 10)}, {(12, 13)}),
        ("loop([0])", {(12, 13)}, {(12, 10)}),
        ("early([1])", {(19, -17)}, {(19, 21)}),
        ("early([])", {(19, 21)}, {(19, -17)}),
        ("handled('a')", {(28, -24)}, {(28, 30)}),
        ("handled('')", {(28, 30)}, {(28, -24)}),
        ("never(1)", {(34, -32)}, {(34, 37)}),
        ("never(0)", {(34, 36)}, {(34, -32)}),
        ("borrows('a')", {(41, -39)}, {(41, 43)}),
        ("borrows('')", {(41, 43)}, {(41, -39)}),
        ("asynchronous('a')", {(58, -55)}, {(58, 60)}),
        ("begins()", {(68, 69), (69, 68), (68, -64)}, {(69, 70)}),
        ("held([1])", {(79, 83)}, {(79, 81), (79, 82)}),
        ("held([0])", {(79, 81)}, {(79, 83)}),
        ("try: defines([])\nexcept IndexError: pass", {(89, -85)}, {(89, -89)}),
    ],
)
def test_a_jump_behind_a_header_leads_through_a_finally(
    tmp_path: Path,
    call: str,
    there: set[tuple[int, int]],
    not_there: set[tuple[int, int]],
    core: str,
) -> None:
    program = f"""
    tracer.start()
    sample({IN_FINALLY + call!r})
    tracer.stop()
    """
    arcs = observe(tmp_path, program, core, ["-W", "ignore"]).arcs()
    assert there <= arcs
    assert not not_there & arcs


BEHIND_LOOP = """
def f(x):
    for i in x:
        break
    return

async def items():
    return
    yield

async def g():
    async for i in items():
        async for i in items():
            pass
        break
    return

f([])
try:
    g().send(None)
except StopIteration:
    pass
"""


@only_events
@pytest.mark.parametrize("branch", [True, False])
def test_the_line_behind_a_loop_ran_though_no_event_tells_it(tmp_path: Path, branch: bool) -> None:
    program = f"""
    tracer = Tracer(journal, ours, branch={branch}, core=CORE)
    tracer.start()
    sample({BEHIND_LOOP!r})
    tracer.stop()
    """
    seen = observe(tmp_path, program, "sysmon")
    assert seen.lines() >= {3, 5, 12, 16}
    assert not seen.lines() & {4, 13, 14, 15}
    assert seen.arcs() >= ({(3, 5), (12, 16)} if branch else set())
    assert branch or not seen.arcs()


@only_events
def test_jumps_are_known_when_another_tool_listens_to_every_instruction(tmp_path: Path) -> None:
    text = """
def f(x):
    for i in x:
        if i:
            y = 1
        else:
            y = 2
    return y
f([0])
"""
    program = f"""
    sys.monitoring.use_tool_id(5, "stepper")
    instruction = sys.monitoring.events.INSTRUCTION
    sys.monitoring.register_callback(5, instruction, lambda *_: None)
    sys.monitoring.set_events(5, instruction)
    tracer.start()
    sample({text!r})
    tracer.stop()
    sys.monitoring.set_events(5, 0)
    """
    arcs = observe(tmp_path, program, "sysmon").arcs()
    assert arcs >= {(3, 4), (4, 7), (3, 8)}
    assert (4, 5) not in arcs


RAISES = "def fails(): raise ValueError\n"


@pytest.mark.parametrize("core", CORES)
@pytest.mark.parametrize(
    ("text", "arc"),
    [
        ("def f(x):\n    if x: return fails()\n    y = 1\n    return y\nf(1)", (3, -2)),
        (
            "def f(x):\n try:\n  if x: return fails()\n finally:\n  x = 1\nf(1)",
            (4, -2),
        ),
        (
            "def f(x):\n try:\n  if x: return fails()\n  else:\n   x = 2\n finally:\n  x = 1\nf(1)",
            (4, -2),
        ),
        ("def f(x):\n    if x: fails()\n    else:\n        y = 1\n    return x\nf(1)", (3, 6)),
        (
            "def f(x):\n    while x:\n        if x: x = fails(); continue\n        y = 1\nf(1)",
            (4, 3),
        ),
        ("def f(): fails(); raise KeyError\nf()", (2, -2)),
        ("def f():\n    class A: fails()\nf()", (3, -2)),
        ("def f():\n    @fails\n    class A: pass\n    return 1\nf()", (4, 5)),
    ],
)
def test_no_way_was_taken_from_a_line_on_which_something_raises(
    tmp_path: Path, text: str, arc: tuple[int, int], core: str
) -> None:
    program = f"""
    tracer.start()
    try:
        sample({RAISES + text!r})
    except (ValueError, TypeError):
        pass
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    assert arc[0] in seen.lines()
    assert arc not in seen.arcs()
