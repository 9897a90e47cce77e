"""What measuring costs in memory: nothing that grows with time."""

from __future__ import annotations

from pathlib import Path

import pytest
from tracer.observing import CORES, FREE_THREADED, IN_C, observe

RESIDENT = """
    import gc
    def resident():
        gc.collect()
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    def stays(work, rounds, limit):
        '''Resident kB after the first half of the rounds and after the second differ little.'''
        for _ in range(rounds // 2):
            work()
        before = resident()
        for _ in range(rounds // 2):
            work()
        grown = resident() - before
        assert grown < limit, f"{grown} kB more"
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks /proc")


@pytest.mark.parametrize("core", IN_C)
def test_a_million_code_objects_leave_nothing_behind(tmp_path: Path, core: str) -> None:
    """Fifty a round: each is loaded, measured, run once and dropped."""
    program = f"""
    {RESIDENT}
    import marshal
    text = "def f(x):\\n    return x if x else 0\\nf(1)\\n" * 49
    data = marshal.dumps(compile(text, "sample", "exec"))
    def work():
        exec(marshal.loads(data), {{}})
    tracer.start()
    stays(work, 20_000, 2_000)
    tracer.stop()
    """
    assert len(observe(tmp_path, program, core).lines()) == 147


@pytest.mark.skipif(FREE_THREADED, reason="names of code objects are immortal there")
@pytest.mark.parametrize("core", IN_C)
def test_names_that_never_come_again_are_forgotten(tmp_path: Path, core: str) -> None:
    """Programs that compile code for themselves name each piece differently."""
    program = f"""
    {RESIDENT}
    code = compile("x = 1", "name", "exec")
    number = 0
    def work():
        global number
        number += 1
        exec(code.replace(co_filename="<generated number %d by nobody in particular>" % number))
    tracer.start()
    stays(work, 400_000, 8_000)
    sample("x = 1\\n")
    tracer.stop()
    """
    assert observe(tmp_path, program, core).lines() == {1}


@pytest.mark.parametrize("core", CORES)
def test_frames_and_generators_leave_nothing_behind(tmp_path: Path, core: str) -> None:
    program = f"""
    {RESIDENT}
    tracer.start()
    names = sample('''
    def numbers():
        yield 1
        yield 2
    def down(n):
        if n:
            down(n - 1)
    def fail():
        raise ValueError
    ''')
    def work():
        kept = [names["numbers"]() for _ in range(20)]
        for one in kept:
            next(one)
        names["down"](20)
        try:
            names["fail"]()
        except ValueError:
            pass
    stays(work, 2_000, 1_000)
    tracer.stop()
    """
    observe(tmp_path, program, core)


@pytest.mark.parametrize("core", CORES)
def test_tracers_and_journals_are_given_back(tmp_path: Path, core: str) -> None:
    program = f"""
    {RESIDENT}
    def work():
        mine = Journal(sys.argv[2], host="h", run=bytes(16), created=1, info=[(1, "x" * 1000)] * 9)
        series = mine.series("a")
        for line in range(100):
            mine.line(series, line)
        os.unlink(mine.path)
        one = make()
        if CORE != "sysmon":  # which keeps one tracer for each of six tool ids
            one.start()
            sample("x = 1\\n", "sample again")
            one.stop()
        one.wrap(len)([])
        sys.settrace(None)
        for wrong in (dict(mode=9), dict(run=b""), dict(info=[(1, 2)])):
            try:
                Journal("x", **dict(dict(host="h", run=bytes(16), created=1), **wrong))
            except (TypeError, ValueError):
                pass
    stays(work, 3_000, 1_000)
    """
    observe(tmp_path, program, core)


@pytest.mark.skipif(FREE_THREADED, reason="CPython keeps it: another thread may be about to use it")
@pytest.mark.parametrize("core", IN_C)
def test_the_bytecode_that_was_read_is_not_kept(tmp_path: Path, core: str) -> None:
    """A code object asked for its `co_code` keeps it as long as it lives."""
    program = """
    import tracemalloc
    text = "".join(f"x = {n} if x == {n} else x\\n" for n in range(2000))
    code = compile(f"x = 0\\n{text}", "sample", "exec")
    tracer.start()
    tracemalloc.start()
    exec(code, {})
    kept = {trace.size for trace in tracemalloc.take_snapshot().traces}
    tracer.stop()
    assert sys.getsizeof(code.co_code) not in kept
    """
    assert len(observe(tmp_path, program, core).lines()) == 2001
