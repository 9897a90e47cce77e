"""Many threads, forks in their midst, and several interpreters in one process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tracer.observing import CORES, FREE_THREADED, IN_C, observe

# Each function has its file, its lines run one by one in threads that hurry one another.
STRESS = """
    THREADS, FILES = 8, 25
    TEXT = '''
    def work(n):
        total = 0
        for i in range(n):
            if i % 2:
                total += 1
            else:
                total -= 1
            for j in numbers(3):
                total += j
        return total
    def numbers(n):
        for i in range(n):
            yield i
    '''
    def run(number):
        for n in range(FILES):
            names = files[(n + number) % FILES]
            for times in (0, 1, 5):
                names["work"](times)
            exec(fresh[n], {})
    fresh = [compile("a = 1\\nb = [i for i in range(9)]\\n", "sample fresh", "exec")] * FILES
"""
WORK = {2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14}
WORK_ARCS = {(4, 5), (4, 11), (5, 6), (5, 8), (9, 10), (9, 4), (13, 14), (13, -12)}


@pytest.mark.parametrize("core", CORES)
def test_eight_threads_miss_nothing_and_invent_nothing(tmp_path: Path, core: str) -> None:
    program = f"""
    {STRESS}
    sys.setswitchinterval(1e-5)
    tracer.start()
    files = [sample(TEXT, "sample %d" % n) for n in range(FILES)]
    start = threading.Barrier(THREADS)
    def begin(number):
        start.wait()
        run(number)
    threads = [
        threading.Thread(target=tracer.wrap(begin), args=(n,)) for n in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tracer.stop()
    assert tracer.troubles == 0
    """
    seen = observe(tmp_path, program, core)
    assert len(seen.journals) == 1
    for number in range(25):
        assert seen.lines(f"sample {number}") == WORK
        assert seen.arcs(f"sample {number}") >= WORK_ARCS
    assert seen.lines("sample fresh") == {1, 2}


@pytest.mark.parametrize("core", IN_C)
def test_threads_that_meet_a_new_file_at_once_ask_and_record_it_rightly(
    tmp_path: Path, core: str
) -> None:
    """The decision is Python code, during which other threads run, also into the same file."""
    program = """
    sys.setswitchinterval(1e-6)
    def decide(name, frame):
        time.sleep(0.0005)
        return ours(name, frame)
    tracer = make(decide)
    tracer.start()
    codes = [compile("a = 1\\nb = 2\\n", "sample %d" % n, "exec") for n in range(60)]
    lock = threading.RLock()
    def run():
        for code in codes:
            with lock:  # held while the decision runs: it must wait for no lock of ours
                exec(code, {})
    threads = [threading.Thread(target=tracer.wrap(run)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    assert {record.path for record in seen.records} == {f"sample {n}" for n in range(60)}
    assert all(record.lines == {1, 2} for record in seen.records)


@pytest.mark.parametrize("core", IN_C)
def test_children_forked_amid_busy_threads_go_on_measuring(tmp_path: Path, core: str) -> None:
    if FREE_THREADED and core == "sysmon":
        pytest.skip("set_local_events in a thread, fork in another: CPython's child hangs")
    program = f"""
    import warnings
    warnings.simplefilter("ignore", DeprecationWarning)
    {STRESS}
    sys.setswitchinterval(1e-5)
    tracer.start()
    files = [sample(TEXT, "sample %d" % n) for n in range(FILES)]
    stop = False
    def forever(number):
        count = 0
        while not stop:
            count += 1
            name = "sample thread %d %d" % (number, count % 50)
            exec(compile("a = 1\\nb = 2\\n", name, "exec"), {{}})
    threads = [
        threading.Thread(target=tracer.wrap(forever), args=(n,), daemon=True) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for n in range(15):
        if (pid := os.fork()) == 0:
            sample("x = 1\\ny = 2\\n", "sample child %d" % n)
            sample(TEXT, "sample child %d of its own" % n)["work"](3)
            os._exit(0)
        assert os.waitpid(pid, 0)[1] == 0
    stop = True
    for thread in threads:
        thread.join()
    """
    seen = observe(tmp_path, program, core)
    for number in range(15):
        assert seen.lines(f"sample child {number}") == {1, 2}
        assert seen.lines(f"sample child {number} of its own") == WORK
    for record in seen.records:
        if record.path.startswith("sample thread"):
            assert record.lines <= {1, 2}
    assert len(seen.journals) == 16


@pytest.mark.parametrize("core", CORES)
def test_threads_of_every_kind_are_traced_when_wrapped(tmp_path: Path, core: str) -> None:
    program = """
    import _thread
    done = threading.Semaphore(0)
    if CORE == "sysmon":  # where wrapping does nothing: events know no threads
        assert tracer.wrap(done) is done
        tracer.start()
    names = sample("def work(a, *, b):\\n    c = a + b\\n    done.release()\\n    return c\\n")
    names["done"] = done
    work = tracer.wrap(names["work"])
    _thread.start_new_thread(work, (1,), {"b": 2})
    done.acquire()
    assert work(1, b=2) == 3
    try:
        work()
    except TypeError:
        pass
    else:
        raise AssertionError("no arguments, no error")
    tracer.stop()
    """
    assert {2, 3, 4} <= observe(tmp_path, program, core).lines()


INTERPRETERS = """
    TEXT = '''
    import sys
    from cov_tracer import Journal, Tracer
    journal = Journal({prefix!r}, host="h", run=bytes(16), created=1, branch=True)
    decide = lambda name, frame: name if name.startswith("sample") else None
    tracer = Tracer(journal, decide, branch=True, core={core!r})
    tracer.start()
    exec(compile("for i in range(2):\\\\n    x = i\\\\n", "sample {number}", "exec"), {{}})
    tracer.stop()
    '''
    import textwrap
    TEXT = textwrap.dedent(TEXT)
    def text(number):
        return TEXT.format(prefix=sys.argv[2], core=CORE, number=number)
"""


@pytest.mark.skipif(sys.version_info < (3, 14), reason="concurrent.interpreters is new in 3.14")
@pytest.mark.parametrize("core", IN_C)
def test_interpreters_with_a_gil_of_their_own_are_measured(tmp_path: Path, core: str) -> None:
    program = f"""
    {INTERPRETERS}
    from concurrent import interpreters
    def run(number):
        for again in range(2):
            interpreter = interpreters.create()
            interpreter.exec(text(number))
            interpreter.close()
    tracer.start()
    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    sample("a = 1\\n", "sample main")
    for thread in threads:
        thread.join()
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    for number in range(4):
        assert seen.lines(f"sample {number}") == {1, 2}
        assert seen.arcs(f"sample {number}") >= {(1, 2)}
    assert seen.lines("sample main") == {1}
    assert len(seen.journals) == 9


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="the name until 3.12")
@pytest.mark.parametrize("core", IN_C)
def test_interpreters_that_share_the_gil_are_measured(tmp_path: Path, core: str) -> None:
    program = f"""
    {INTERPRETERS}
    import _xxsubinterpreters as interpreters
    tracer.start()
    for number in range(3):
        interpreter = interpreters.create()
        interpreters.run_string(interpreter, text(number))
        interpreters.destroy(interpreter)
    sample("a = 1\\n", "sample main")
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    for number in range(3):
        assert seen.lines(f"sample {number}") == {1, 2}
    assert seen.lines("sample main") == {1}


@pytest.mark.skipif(sys.version_info[:2] != (3, 13), reason="the name of 3.13")
@pytest.mark.parametrize("core", IN_C)
def test_interpreters_of_3_13_are_measured(tmp_path: Path, core: str) -> None:
    program = f"""
    {INTERPRETERS}
    import _interpreters as interpreters
    tracer.start()
    for number in range(3):
        interpreter = interpreters.create("isolated")
        trouble = interpreters.run_string(interpreter, text(number))
        assert trouble is None, trouble
        interpreters.destroy(interpreter)
    sample("a = 1\\n", "sample main")
    tracer.stop()
    """
    seen = observe(tmp_path, program, core)
    for number in range(3):
        assert seen.lines(f"sample {number}") == {1, 2}
    assert seen.lines("sample main") == {1}
