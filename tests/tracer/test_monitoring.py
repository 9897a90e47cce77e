"""Events: tool ids, and other tools that use sys.monitoring at the same time."""

from __future__ import annotations

from pathlib import Path

import pytest
from tracer.observing import observe

from cov_tracer import CORE

pytestmark = pytest.mark.skipif(CORE != "sysmon", reason="no sys.monitoring")

LOOP = """
def loop(n):
    for i in range(n):
        if i:
            total = i
        else:
            total = 0
    return total
"""
LINES = {2, 3, 4, 5, 7, 8}
ARCS = {(3, 4), (3, 8), (4, 5), (4, 7)}


def test_ids_that_are_taken_are_left_alone(tmp_path: Path) -> None:
    program = f"""
    free = [tool for tool in range(6) if sys.monitoring.get_tool(tool) is None]
    last = free.pop()
    for tool in free:
        sys.monitoring.use_tool_id(tool, "other %d" % tool)
    tracer.start()
    assert sys.monitoring.get_tool(last) == "cov"
    sample({LOOP!r})["loop"](2)
    tracer.stop()
    assert [sys.monitoring.get_tool(tool) for tool in free] == ["other %d" % tool for tool in free]
    another = make()
    for _ in range(50):
        try:
            another.start()
        except TracerError as error:
            assert "core = ctrace" in str(error)
        else:
            raise AssertionError("no id was left")
    instead = make(lambda name, frame: "instead" if name == "sample" else None, core="ctrace")
    instead.start()
    sample({LOOP!r})["loop"](2)
    instead.stop()
    """
    seen = observe(tmp_path, program, "sysmon")
    assert seen.lines() == LINES
    assert seen.lines("instead") == LINES


def test_ids_are_used_up_by_tracers_and_said_to_be(tmp_path: Path) -> None:
    """A tracer keeps its id, so that it can start again; the limit is CPython's six."""
    program = """
    kept = []
    try:
        while True:
            kept.append(make())
            kept[-1].start()
            kept[-1].stop()
    except TracerError:
        pass
    assert 2 < len(kept) <= 7, kept
    for one in kept[:-1]:
        one.start()
        one.stop()
    """
    observe(tmp_path, program, "sysmon")


def test_an_id_that_the_program_freed_is_missed_without_a_crash(tmp_path: Path) -> None:
    program = f"""
    tracer.start()
    loop = sample({LOOP!r})["loop"]
    loop(1)
    for tool in range(6):
        if sys.monitoring.get_tool(tool) == "cov":
            sys.monitoring.free_tool_id(tool)
    loop(2)
    sample({LOOP!r}, "sample new")["loop"](2)
    tracer.stop()
    try:
        tracer.start()
    except TracerError as error:
        assert "freed" in str(error)
    else:
        raise AssertionError("started")
    loop(2)
    """
    assert observe(tmp_path, program, "sysmon").lines() <= LINES


def test_callbacks_that_the_program_took_away_do_no_harm(tmp_path: Path) -> None:
    program = f"""
    import gc
    tracer.start()
    loop = sample({LOOP!r})["loop"]
    loop(1)
    loop.__globals__.clear()
    tools = [tool for tool in range(6) if sys.monitoring.get_tool(tool) == "cov"]
    events = sys.monitoring.events
    for tool in tools:
        for name in dir(events):
            event = getattr(events, name)
            if isinstance(event, int) and event.bit_count() == 1:
                sys.monitoring.register_callback(tool, event, None)
    del tracer
    gc.collect()
    loop(2)
    """
    assert observe(tmp_path, program, "sysmon").lines() <= LINES


def test_a_restart_of_all_events_by_another_tool_changes_nothing(tmp_path: Path) -> None:
    program = f"""
    tracer.start()
    loop = sample({LOOP!r})["loop"]
    for n in (1, 1, 2, 2):
        loop(n)
        sys.monitoring.restart_events()
    tracer.stop()
    sys.monitoring.restart_events()
    loop(2)
    """
    seen = observe(tmp_path, program, "sysmon")
    assert seen.lines() == LINES
    assert seen.arcs() == ARCS


def test_another_tool_gets_all_its_events(tmp_path: Path) -> None:
    program = f"""
    monitoring, events = sys.monitoring, sys.monitoring.events
    def count():
        tool = next(tool for tool in range(6) if monitoring.get_tool(tool) is None)
        monitoring.use_tool_id(tool, "counter")
        counted = {{}}
        def on(event, code, *rest):
            if code.co_filename == "sample":
                counted[event] = counted.get(event, 0) + 1
        wanted = ("LINE", "PY_START", "PY_RETURN", "INSTRUCTION", "JUMP")
        for name in wanted:
            monitoring.register_callback(
                tool, getattr(events, name), lambda *args, name=name: on(name, *args)
            )
        loop = sample({LOOP!r})["loop"]
        monitoring.set_events(tool, sum(getattr(events, name) for name in wanted))
        for n in (1, 2, 3):
            loop(n)
        monitoring.set_events(tool, 0)
        for name in wanted:
            monitoring.register_callback(tool, getattr(events, name), None)
        monitoring.free_tool_id(tool)
        return counted
    plain = count()
    assert plain["LINE"] > 10
    tracer.start()
    assert count() == plain
    tracer.stop()
    assert count() == plain
    """
    assert observe(tmp_path, program, "sysmon").lines() == LINES


def test_places_that_have_told_all_are_silent(tmp_path: Path) -> None:
    """Warm code costs nothing: no callback comes by any more, which the files' facts show."""
    program = f"""
    tracer.start()
    loop = sample({LOOP!r})["loop"]
    loop(3)
    tool = next(tool for tool in range(6) if sys.monitoring.get_tool(tool) == "cov")
    events = sys.monitoring.events
    called = []
    for name in dir(events):
        event = getattr(events, name)
        if isinstance(event, int) and event.bit_count() == 1:
            note = lambda *args, name=name: called.append(name)
            sys.monitoring.register_callback(tool, event, note)
    for _ in range(3):
        loop(3)
    assert called == [], called
    """
    observe(tmp_path, program, "sysmon")
