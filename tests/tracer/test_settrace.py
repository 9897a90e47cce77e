"""The trace function in C beside other users of sys.settrace."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tracer.observing import IN_C, observe

from cov_tracer import CORE

pytestmark = pytest.mark.skipif(
    sys.implementation.name != "cpython", reason="about CPython's trace functions"
)

STEPS = """
def steps():
    a = 1
    pause()
    b = 2
    return a + b
"""


def test_a_trace_function_that_is_saved_and_given_back_goes_on(tmp_path: Path) -> None:
    program = f"""
    def pause():
        saved = sys.gettrace()
        sys.settrace(None)
        sample({STEPS!r}.replace("pause()", "c = 3"), "sample unseen")["steps"]()
        sys.settrace(saved)
    tracer.start()
    steps = sample({STEPS!r})["steps"]
    steps.__globals__["pause"] = pause
    steps()
    assert sys.gettrace() is tracer
    sample({STEPS!r}.replace("pause()", "c = 3"), "sample later")["steps"]()
    tracer.stop()
    assert sys.gettrace() is None
    """
    seen = observe(tmp_path, program, "ctrace")
    assert seen.lines("sample unseen") == set()
    assert seen.lines("sample later") == {2, 3, 4, 5, 6}
    assert {2, 3, 4} <= seen.lines() <= {2, 3, 4, 5, 6}


def test_a_trace_function_of_the_program_gets_its_events(tmp_path: Path) -> None:
    """It takes our place, as sys.settrace says. Stopping us leaves it alone."""
    program = f"""
    events = []
    def theirs(frame, event, arg):
        if frame.f_code.co_filename == "sample":
            events.append((event, frame.f_lineno))
        return theirs
    steps = sample({STEPS!r}.replace("pause()", "c = 3"))["steps"]
    tracer.start()
    sys.settrace(theirs)
    steps()
    tracer.stop()
    assert sys.gettrace() is theirs
    sys.settrace(None)
    lines = [("line", line) for line in (3, 4, 5, 6)]
    assert events == [("call", 2), *lines, ("return", 6)]
    """
    assert observe(tmp_path, program, "ctrace").lines() == set()


@pytest.mark.skipif(CORE != "sysmon", reason="no sys.monitoring")
def test_events_and_a_trace_function_of_the_program_do_not_meet(tmp_path: Path) -> None:
    program = f"""
    def steps_seen():
        events = []
        def theirs(frame, event, arg):
            if frame.f_code.co_filename == "sample":
                events.append((event, frame.f_lineno))
            return theirs
        steps = sample({STEPS!r}.replace("pause()", "c = 3"))["steps"]
        sys.settrace(theirs)
        for _ in range(3):
            steps()
        sys.settrace(None)
        return events
    plain = steps_seen()
    tracer.start()
    assert steps_seen() == plain
    tracer.stop()
    assert steps_seen() == plain
    """
    assert observe(tmp_path, program, "sysmon").lines() == {2, 3, 4, 5, 6}


@pytest.mark.parametrize("core", IN_C)
def test_f_trace_lines_and_opcodes_of_others_are_theirs(tmp_path: Path, core: str) -> None:
    program = f"""
    def theirs(frame, event, arg):
        frame.f_trace_opcodes = True
        return theirs
    tracer.start()
    steps = sample({STEPS!r}.replace("pause()", "c = 3"))["steps"]
    sys.settrace(theirs)
    steps()
    sys.settrace(None)
    tracer.stop()
    tracer.start()
    steps()
    tracer.stop()
    """
    assert observe(tmp_path, program, core).lines() == {2, 3, 4, 5, 6}


def test_what_a_frame_left_behind_unseen_is_not_taken_for_another_frame(tmp_path: Path) -> None:
    """A frame whose end we were not told of leaves its state; the next frame at its address is of
    another file, or its code is long freed."""
    program = """
    import gc
    LEAVE = "def leave(n):\\n    x = 1\\n    away()\\n    return x\\n"
    STRANGER = "def stranger(back):\\n    y = 1\\n    back()\\n    z = 2\\n    return z\\n"
    def away():
        sys.settrace(None)
    def back():
        sys.settrace(tracer)
        (lambda: None)()  # from this call on the trace function is the one in C
    names = {}
    exec(compile("\\n" * 40 + STRANGER, "stranger", "exec"), names)
    stranger = names["stranger"]
    for round in range(200):
        name = "sample %d" % round
        tracer.start()
        leave = sample(LEAVE, name)["leave"]
        leave.__globals__["away"] = away
        leave(round)  # its end is not seen
        del leave
        gc.collect()
        for _ in range(3):
            stranger(back)
            sys.settrace(None)
    """
    seen = observe(tmp_path, program, "ctrace")
    assert {record.path for record in seen.records} == {f"sample {n}" for n in range(200)}
    for record in seen.records:
        assert record.lines <= {1, 2, 3, 4}


def test_two_tracers_in_two_threads_keep_to_their_own_files(tmp_path: Path) -> None:
    """They share code objects: what one learnt of them must not lead the other astray."""
    program = """
    LOOP = "def loop(n):\\n    for i in range(n):\\n        i += 1\\n    return n\\n"
    loops = [sample(LOOP, "sample %d" % i)["loop"] for i in range(20)]
    def measure(name):
        mine = make(lambda file, frame: name + file if file.startswith("sample") else None)
        mine.start()
        for _ in range(30):
            for loop in loops:
                loop(3)
        mine.stop()
    threads = [threading.Thread(target=measure, args=(name,)) for name in ("one ", "two ")]
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(switch)
    """
    seen = observe(tmp_path, program, "ctrace")
    for record in seen.records:
        assert record.lines <= {2, 3, 4}, record
    for name in ("one ", "two "):
        assert any(record.path.startswith(name) for record in seen.records)


def test_trace_functions_called_by_hand_take_the_event(tmp_path: Path) -> None:
    program = f"""
    names = sample({STEPS!r})
    names["pause"] = lambda: tracer(sys._getframe(1), "call", None)
    names["steps"]()
    assert sys.gettrace() is tracer
    tracer.stop()
    """
    assert observe(tmp_path, program, "ctrace").lines() == {5, 6}
