"""Eight threads at the same code: no fact is lost and none is made up, with a GIL and without."""

from __future__ import annotations

import sysconfig

import pytest
from support.program import CORES, Program

from cov_data import Reader

FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))

# Each thread makes and runs the same functions, in an order of its own.
MANY = "".join(
    f"""
def f{n}(x):
    total = {n}
    for i in range(x):
        if i % 3 == 0:
            total += i
        elif i % 3 == 1:
            total -= i
        else:
            continue
    try:
        if x == 4:
            raise ValueError(x)
    except ValueError:
        total = 0
    with guard:
        total += 1
    return [y for y in (total, x) if y]
"""
    for n in range(24)
)

PROGRAM = """
import sys, threading, random
import many
THREADS = int(sys.argv[1])
sys.setswitchinterval(1e-5)
ready = threading.Barrier(THREADS)
def work(seed):
    order = [(n, x) for n in range(24) for x in range(6)]
    random.Random(seed).shuffle(order)
    ready.wait()
    for n, x in order:
        getattr(many, f"f{n}")(x)
        exec(texts[n], {})
texts = [compile("a = 1\\nif a:\\n    b = 2\\n", "shared.py", "exec") for _ in range(24)]
threads = [threading.Thread(target=work, args=(seed,)) for seed in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(getattr(sys, "_is_gil_enabled", lambda: True)())
"""


def arcs(program: Program, threads: int, core: str) -> dict[str, set[tuple[int, int]]]:
    """All that is known after a run with so many threads."""
    done = program.run("--branch", "prog.py", str(threads), env={"COVERAGE_CORE": core})
    assert (done.code, done.err) == (0, ""), done
    assert done.out == f"{not FREE_THREADED}\n"
    with Reader(program.data_file) as data:
        return {path: data.arcs(path) for path in data.files()}


@pytest.mark.parametrize("core", CORES)
def test_eight_threads_learn_what_one_learns(core: str, program: Program) -> None:
    guard = "import contextlib\nguard = contextlib.nullcontext()\n"
    program.write("many.py", guard + MANY)
    program.write("shared.py", "a = 1\nif a:\n    b = 2\n")
    program.write("prog.py", PROGRAM)
    one = arcs(program, 1, core)
    assert len(one) == 3
    for _ in range(2):
        assert arcs(program, 8, core) == one
