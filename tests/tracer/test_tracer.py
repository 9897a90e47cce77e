"""The Tracer type, whatever its event source: starting, stopping, deciding, odd code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from tracer.observing import CORES, IN_C, observe

from cov_tracer import CORE, Journal, Tracer

LOOP = """
def loop(n):
    for i in range(n):
        if i:
            total = i
        else:
            total = 0
    return total
"""
LOOP_LINES = {2, 3, 4, 5, 7, 8}
LOOP_ARCS = {(3, 4), (3, 8), (4, 5), (4, 7)}


def journal(folder: Path) -> Journal:
    return Journal(str(folder / ".coverage.here"), host="here", run=bytes(16), created=1)


def nothing(name: str, frame: FrameType) -> str | None:
    return None


@pytest.mark.parametrize(
    ("arguments", "keywords", "error"),
    [
        ((), {}, TypeError),
        ((None, nothing), {}, TypeError),
        (("journal",), {}, TypeError),
        (("journal", nothing), {"core": "pytrace"}, ValueError),
        (("journal", nothing), {"core": 5}, TypeError),
        (("journal", nothing), {"core": "sys\0mon"}, ValueError),
        (("journal", nothing), {"surprise": 5}, TypeError),
    ],
    ids=repr,
)
def test_what_makes_no_sense_is_refused(
    tmp_path: Path,
    arguments: tuple[object, ...],
    keywords: dict[str, object],
    error: type[Exception],
) -> None:
    given = [journal(tmp_path) if word == "journal" else word for word in arguments]
    make: Callable[..., object] = Tracer
    for _ in range(300):
        with pytest.raises(error):
            make(*given, **keywords)


def test_a_tracer_that_never_starts_can_be_stopped_and_dropped(tmp_path: Path) -> None:
    for core in ("sysmon", "ctrace"):
        tracer = Tracer(journal(tmp_path), nothing, core=core)
        tracer.stop()
        tracer.stop()
        assert tracer.troubles == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(CORE == "sysmon", reason="has sys.monitoring")
def test_before_3_12_events_cannot_be_had(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="core = ctrace"):
        Tracer(journal(tmp_path), nothing, core="sysmon").start()


@pytest.mark.skipif(CORE != "sysmon", reason="no sys.monitoring")
def test_a_tracer_by_events_is_no_trace_function(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="ctrace"):
        Tracer(journal(tmp_path), nothing)(sys._getframe(), "call", None)


@pytest.mark.parametrize("arguments", [(), (1, "call", None), (None, "call", None)], ids=repr)
def test_a_trace_function_wants_a_frame(tmp_path: Path, arguments: tuple[object, ...]) -> None:
    tracer: Callable[..., object] = Tracer(journal(tmp_path), nothing, core="ctrace")
    before = sys.gettrace()
    with pytest.raises(TypeError):
        tracer(*arguments)
    assert sys.gettrace() is before


@pytest.mark.parametrize("core", CORES)
def test_only_what_runs_between_start_and_stop_is_measured(tmp_path: Path, core: str) -> None:
    program = f"""
    LOOP = {LOOP!r}
    sample(LOOP, "sample early")["loop"](3)
    tracer.start()
    loop = sample(LOOP)["loop"]
    loop(1)
    tracer.stop()
    sample(LOOP, "sample late")["loop"](3)
    loop(2)
    tracer.start()
    sample(LOOP, "sample again")["loop"](3)
    tracer.stop()
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    assert seen.lines("sample early") == seen.lines("sample late") == set()
    assert seen.lines("sample again") == LOOP_LINES
    assert seen.arcs("sample again") >= LOOP_ARCS
    assert seen.lines() == LOOP_LINES - {5}


@pytest.mark.parametrize("core", CORES)
def test_code_that_ran_before_a_stop_is_measured_on_after_it(tmp_path: Path, core: str) -> None:
    program = f"""
    tracer.start()
    loop = sample({LOOP!r})["loop"]
    loop(1)
    tracer.stop()
    tracer.start()
    loop(2)
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    assert seen.lines() == LOOP_LINES
    assert seen.arcs() >= LOOP_ARCS


@pytest.mark.parametrize("core", CORES)
def test_tracers_one_after_another_each_see_everything(tmp_path: Path, core: str) -> None:
    program = f"""
    loop = sample({LOOP!r})["loop"]
    for name in ("first", "second", "third"):
        tracer = make(lambda file, frame: name if file == "sample" else None)
        tracer.start()
        loop(2)
        tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    for name in ("first", "second", "third"):
        assert seen.lines(name) == LOOP_LINES - {2}
        assert seen.arcs(name) >= LOOP_ARCS


@pytest.mark.parametrize("core", CORES)
def test_a_decision_is_asked_once_a_file_and_gets_the_frame(tmp_path: Path, core: str) -> None:
    program = f"""
    asked = []
    def decide(name, frame):
        asked.append((name, frame.f_code.co_filename))
        return "shared" if name.startswith("sample") else None
    tracer = make(decide)
    tracer.start()
    for name in ("sample one", "sample two", "sample one"):
        sample({LOOP!r}, name)["loop"](2)
    tracer.stop()
    names = [name for name, _ in asked]
    assert len(set(names)) == len(names), names
    assert asked.count(("sample one", "sample one")) == 1
    assert asked.count(("sample two", "sample two")) == 1
    assert tracer.troubles == 0
    """
    seen = observe(tmp_path, program, core)
    assert [record.path for record in seen.records] == ["shared"]  # two names of one file
    assert seen.lines("shared") == LOOP_LINES


@pytest.mark.parametrize("core", CORES)
def test_a_decision_that_raises_is_counted_and_means_no(tmp_path: Path, core: str) -> None:
    program = f"""
    def decide(name, frame):
        if name.startswith("sample bad"):
            raise ValueError(name)
        if name == "sample odd":
            return 5
        if name == "sample surrogate":
            return "\\udcff"
        return ours(name, frame)
    tracer = make(decide)
    tracer.start()
    for name in ("bad 1", "good", "bad 2", "bad 1"):
        sample({LOOP!r}, "sample " + name)["loop"](2)
    tracer.stop()
    assert tracer.troubles == 2, tracer.troubles
    if CORE != "pytrace":
        tracer.start()
        sample({LOOP!r}, "sample odd")["loop"](2)
        sample({LOOP!r}, "sample surrogate")["loop"](2)
        tracer.stop()
        assert tracer.troubles == 4, tracer.troubles
    """
    seen = observe(tmp_path, program, core)
    assert {record.path for record in seen.records} == {"sample good"}
    assert seen.lines("sample good") == LOOP_LINES


@pytest.mark.parametrize("core", IN_C)
def test_an_interrupt_during_a_decision_reaches_the_program(tmp_path: Path, core: str) -> None:
    """What a signal handler raises is the program's; the file is decided about the next time."""
    program = """
    def decide(name, frame):
        global interrupts
        if name == "sample" and interrupts:
            interrupts -= 1
            raise KeyboardInterrupt
        return ours(name, frame)
    interrupts = 2
    tracer = make(decide)
    code = compile("x = 1\\ny = 2\\n", "sample", "exec")
    tracer.start()
    for _ in range(2):
        try:
            exec(code)
        except KeyboardInterrupt:
            print("interrupted")
    exec(code)
    tracer.stop()
    assert tracer.troubles == 0
    """
    seen = observe(tmp_path, program, core)
    assert seen.out == "interrupted\ninterrupted\n"
    assert seen.lines() == {1, 2}


@pytest.mark.parametrize("core", IN_C)
def test_no_stack_left_to_decide_with_is_no_decision(tmp_path: Path, core: str) -> None:
    program = """
    def deep(name):
        return len(name) + wide(name)
    def wide(name):
        return max(map(len, [name]))
    def decide(name, frame):
        deep(name)
        return ours(name, frame)
    tracer = make(decide)
    tracer.start()
    late = compile("x = 1\\ny = 2\\n", "sample late", "exec")
    def down():
        try:
            down()
        except RecursionError:
            pass
        try:
            exec(late)  # from here up there is more and more room for it
        except RecursionError:
            pass
    down()
    exec(late)
    tracer.stop()
    assert tracer.troubles == 0, tracer.troubles
    """
    assert observe(tmp_path, program, core).lines("sample late") == {1, 2}


@pytest.mark.parametrize("core", IN_C)
def test_a_decision_may_stop_the_tracer_or_take_it_away(tmp_path: Path, core: str) -> None:
    program = """
    import gc
    def decide(name, frame):
        if name.startswith("sample"):
            holder.pop().stop()
            gc.collect()
        return ours(name, frame)
    for _ in range(3):
        holder = [make(decide)]
        holder[0].start()
        exec(compile("x = 1\\ny = 2\\n", "sample", "exec"))
    """
    seen = observe(tmp_path, program, core)
    assert seen.lines() <= {1, 2}


@pytest.mark.parametrize("core", CORES)
def test_generators_and_coroutines_are_followed_wherever_they_go_on(
    tmp_path: Path, core: str
) -> None:
    program = '''
    TEXT = """
    def numbers(n):
        for i in range(n):
            if i % 2:
                yield i
            else:
                try:
                    yield -i
                except ValueError:
                    caught = i
        return n
    async def twice(n):
        async for i in more(n):
            await nap()
        return n
    async def more(n):
        for i in range(n):
            yield i
    async def nap():
        pass
    """
    def drive(coroutine):
        try:
            while True:
                coroutine.send(None)
        except StopIteration as end:
            return end.value
    tracer.start()
    names = sample(TEXT)
    first, second = names["numbers"](4), names["numbers"](2)
    next(first), next(second), next(first)
    other = threading.Thread(target=tracer.wrap(lambda: list(first)))
    other.start()
    other.join()
    second.throw(ValueError)
    abandoned = names["numbers"](3)
    next(abandoned)
    del abandoned
    assert drive(names["twice"](2)) == 2
    tracer.stop()
    '''
    seen = observe(tmp_path, program, core)
    assert seen.lines() == set(range(2, 21)) - {6}
    assert seen.arcs() >= {(3, 4), (4, 5), (3, 11), (13, 14), (13, 15), (17, 18)}


@pytest.mark.parametrize("core", CORES)
def test_code_compiled_anew_is_measured_anew(tmp_path: Path, core: str) -> None:
    program = f"""
    tracer.start()
    for n in (0, 1, 2):
        try:
            sample({LOOP!r})["loop"](n)
        except UnboundLocalError:
            pass
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    assert seen.lines() == LOOP_LINES
    assert seen.arcs() >= LOOP_ARCS


@pytest.mark.parametrize("core", IN_C)
def test_replaced_code_has_lines_of_its_own(tmp_path: Path, core: str) -> None:
    program = f"""
    tracer.start()
    loop = sample({LOOP!r})["loop"]
    loop(2)
    loop.__code__ = loop.__code__.replace(co_firstlineno=102)
    loop(2)
    tracer.stop()
    """
    assert observe(tmp_path, program, core).lines() == LOOP_LINES | {103, 104, 105, 107, 108}


@pytest.mark.parametrize("core", CORES)
def test_a_function_of_a_hundred_thousand_lines_is_nothing_special(
    tmp_path: Path, core: str
) -> None:
    """EXTENDED_ARG, thousands of jumps, a long table of lines. 3.12.1 and 3.13.0 themselves take
    time that grows with the square of the length to instrument a code object: a shorter one has to
    do there."""
    blocks = 1_000 if (3, 12) <= sys.version_info < (3, 13, 1) else 10_000
    some = blocks * 7 // 10
    program = f"""
    text = ["def huge(x):"]
    for i in range({blocks}):
        text += ["    if x == %d:" % i, "        x += 0", *["    y = x"] * 8]
    text += ["    return x"]
    tracer.start()
    huge = sample("\\n".join(text))["huge"]
    assert huge(-1) == -1 and huge({some}) == {some}
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    bodies = {number * 10 + 3 for number in range(blocks)}
    ran = some * 10 + 3
    assert seen.lines() == set(range(1, blocks * 10 + 3)) - bodies | {ran}
    assert {(line - 1, line + 1) for line in bodies} | {(ran - 1, ran)} <= seen.arcs()


@pytest.mark.parametrize("core", CORES)
def test_lines_that_a_program_makes_up_do_no_harm(tmp_path: Path, core: str) -> None:
    """Trees may have any line number: some are recorded, none hurts.

    Those that no source can have are not: readers keep sets of lines as bitmaps.
    """
    program = """
    import ast
    FAR = 2**30
    def shifted(by):
        tree = ast.parse("x = 0\\nif x:\\n    y = 1\\nz = 2\\n")
        for node in ast.walk(tree):
            if hasattr(node, "lineno"):
                node.lineno += by
                node.end_lineno = node.lineno
        return compile(tree, "sample %d" % by, "exec")
    places = [-1, 10**6, 2**27 - 4, FAR]
    if not hasattr(sys, "gettotalrefcount"):
        places.append(-10)  # debug builds of CPython abort at negative lines
    codes = [shifted(by) for by in places]
    far = ast.parse("a = 1\\nb = 2\\n")
    for node in ast.walk(far.body[1]):
        node.lineno = node.end_lineno = 2_000_000_000
    codes.append(compile(far, "sample far", "exec"))
    tracer.start()
    for code in codes:
        exec(code)
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    assert seen.lines("sample -1") == {0, 1, 3}
    assert seen.lines("sample 1000000") == {1_000_001, 1_000_002, 1_000_004}
    assert seen.lines(f"sample {2**27 - 4}") == {2**27 - 3, 2**27 - 2}
    assert seen.lines(f"sample {2**30}") == set()
    assert min(seen.lines("sample -10"), default=0) >= 0
    assert seen.lines("sample far") == {1}


@pytest.mark.parametrize("core", IN_C)
def test_an_exception_on_its_way_through_is_not_disturbed(tmp_path: Path, core: str) -> None:
    program = '''
    TEXT = """
    def fail():
        raise ValueError("mine") from KeyError("cause")
    def through():
        try:
            fail()
        finally:
            done = True
    """
    tracer.start()
    names = sample(TEXT)
    try:
        names["through"]()
    except ValueError as error:
        assert error.args == ("mine",) and type(error.__cause__) is KeyError
        assert error.__traceback__.tb_next.tb_lineno == 6
    else:
        raise AssertionError("swallowed")
    tracer.stop()
    '''
    assert observe(tmp_path, program, core).lines() == {2, 3, 4, 5, 6, 8}


def test_the_module_can_be_imported_again_and_again(tmp_path: Path) -> None:
    """Slots of code objects are few in an interpreter: all copies of the module share one."""
    program = f"""
    import gc
    loop = sample({LOOP!r})["loop"]
    for round in range(400):
        for name in [name for name in sys.modules if name.startswith("cov_tracer")]:
            del sys.modules[name]
        import cov_tracer
        gc.collect()
    assert cov_tracer.Tracer is not Tracer
    journal = cov_tracer.Journal(sys.argv[2], host="h", run=bytes(16), created=1, branch=True)
    for maker in (Tracer, cov_tracer.Tracer):
        try:
            maker(journal, ours, core=CORE)
        except TypeError:
            assert maker is Tracer  # a journal of another copy
    other = cov_tracer.Tracer(journal, ours, branch=True, core=CORE)
    tracer.start()
    loop(2)
    tracer.stop()
    other.start()
    loop(2)
    other.stop()
    """
    seen = observe(tmp_path, program, CORE)
    assert len(seen.journals) == 2
    assert [record.lines for record in seen.records] == [LOOP_LINES - {2}] * 2


def test_a_process_that_ends_with_a_tracer_running_ends_well(tmp_path: Path) -> None:
    """Callbacks, and the finalizers of what is measured, come after the module is torn down."""
    program = """
    import atexit
    def prepare():
        names = sample(TEXT)
        del names["tracer"]
        kept = sys.modules["late"] = names["Late"]()
        kept.itself = kept
        atexit.register(names["at_exit"])
        begun = names["begun"] = threading.Event()
        threading.Thread(target=tracer.wrap(names["on"]), daemon=True).start()
        begun.wait()
    TEXT = '''
    class Late:
        def __del__(self):
            here = 1
    def at_exit():
        late = 2
    def on():
        begun.set()
        while True:
            x = 3
    '''
    tracer.start()
    prepare()
    del tracer, Tracer, journal, Journal
    """
    for core in CORES:
        folder = tmp_path / core
        os.mkdir(folder)
        seen = observe(folder, program, core)
        assert seen.lines() >= {2, 3, 5, 6, 7, 8, 9}
        if core != "pytrace":  # Python's own trace functions are gone by then
            assert 4 in seen.lines()
