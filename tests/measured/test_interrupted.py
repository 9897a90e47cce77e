"""Exceptions that reach a program in the very moment in which we look at a new file."""

from __future__ import annotations

import os

import pytest
from support.program import Program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no timers of signals")

# A timer that is so short that it often ends while a new file is looked at.
HANDLER = """
import signal, sys, traceback
class Timeout(Exception): pass
raised = 0
def handler(number, frame):
    global raised
    raised += 1
    raise {error}("late")
signal.signal(signal.SIGALRM, handler)
code = compile("x = 1", "name", "exec")
lost, shapes = 0, set()
for number in range(8000):
    before = raised
    again = code.replace(co_filename=f"folder{{number}}/deeper{{number}}/a.py")
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.00002)
        exec(again)
        exec(again)
        signal.setitimer(signal.ITIMER_REAL, 0)
    except {error} as error:
        names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
        shapes.add((names[0], names[-1], len(names) <= 3))
    else:
        lost += raised != before
signal.setitimer(signal.ITIMER_REAL, 0)
print(raised > 20, lost, sorted(shapes))
"""

THREADS = """
import ctypes, threading, time
class Stop(Exception): pass
raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
code = compile("x = 1", "name", "exec")
stopped = 0
def work(begun):
    global stopped
    try:
        begun.set()
        for number in range(10**9):
            exec(code.replace(co_filename=f"folder{number}/deeper/a.py"))
    except Stop:
        stopped += 1
for _ in range(12):
    begun = threading.Event()
    thread = threading.Thread(target=work, args=(begun,))
    thread.start()
    begun.wait()
    time.sleep(0.02)
    raise_in(ctypes.c_ulong(thread.ident), ctypes.py_object(Stop))
    thread.join(30)
    if thread.is_alive():
        break
print(stopped)
import os, sys
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.parametrize("core", ["", "core = ctrace"], ids=["default", "ctrace"])
@pytest.mark.parametrize("error", ["Timeout", "TimeoutError", "KeyError"])
def test_what_a_signal_handler_raises_reaches_the_program(
    program: Program, core: str, error: str
) -> None:
    program.write(".coveragerc", f"[run]\n{core}\n")
    program.write("prog.py", HANDLER.format(error=error))
    expected = "True 0 [('<module>', 'handler', True)]\n"
    done = program.run("prog.py")
    assert (done.code, done.out) == (0, expected)


def test_what_another_thread_raises_reaches_the_program(program: Program) -> None:
    program.write("prog.py", THREADS)
    done = program.run("prog.py")
    assert (done.code, done.out) == (0, "12\n")
