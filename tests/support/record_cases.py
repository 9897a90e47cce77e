"""Run sample programs under one event source, in this process, and leave a journal.

    python record_cases.py CORE PREFIX < PATHS

CORE is sysmon, ctrace or pytrace. The journal lies at PREFIX.pid... and holds all cases.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import FrameType

from cov_tracer import Journal, PyTracer, Tracer
from cov_tracer._tracer import follow_threads, unfollow_threads


def main(core: str, prefix: str) -> None:
    programs = {
        path: compile(Path(path).read_bytes(), path, "exec", dont_inherit=True)
        for path in sys.stdin.read().splitlines()
    }

    def decide(name: str, frame: FrameType) -> str | None:
        return name if name in programs else None

    journal = Journal(prefix, host="here", run=os.urandom(16), created=time.time_ns(), branch=True)
    tracer: PyTracer | Tracer
    if core == "pytrace":
        tracer = PyTracer(journal, decide, branch=True)
    else:
        tracer = Tracer(journal, decide, branch=True, core=core)
    follow_threads(tracer)
    tracer.start()
    try:
        for path, code in programs.items():
            exec(code, {"__name__": "__main__", "__file__": path})
    finally:
        tracer.stop()
        unfollow_threads()
    assert tracer.troubles == 0
    journal.close()
    print(journal.path)


if __name__ == "__main__":
    main(*sys.argv[1:])
