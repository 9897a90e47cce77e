"""A process that works facts out for another, which asks on standard input: pickles both ways.

First it says who it is (`cache.fingerprint`), since another Python or another version of this
package would find other facts. Then it is given the exclusions, and for each batch of sources it
answers with packed facts, or with why there are none.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TypeAlias

from .cache import fingerprint
from .errors import AnalysisError
from .exclusions import Exclusions
from .facts import analyze
from .packing import pack
from .source import Source

Batch: TypeAlias = list[tuple[str, bytes]]  # the path of each file (for messages), and its content
Outcome: TypeAlias = bytes | AnalysisError


def examine(path: str, data: bytes, exclusions: Exclusions) -> bytes:
    """The packed facts of a source file. Raises NotPython and AnalysisError."""
    # A tree is many objects and no cycle: the collector would look at all of them for nothing.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return pack(analyze(Source.from_bytes(path, data), exclusions))
    finally:
        if was_enabled:
            gc.enable()


def serve() -> None:
    """Answer until there are no more questions."""
    import pickle  # here: who examines in its own process does without

    # What others print (a hook at the start of every Python, say) must not get into the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    pickle.dump(fingerprint(), answers)
    answers.flush()
    questions = sys.stdin.buffer
    exclusions: Exclusions = pickle.load(questions)
    while True:
        try:
            batch: Batch = pickle.load(questions)
        except EOFError:
            return
        pickle.dump([_outcome(path, data, exclusions) for path, data in batch], answers)
        answers.flush()


def _outcome(path: str, data: bytes, exclusions: Exclusions) -> Outcome:
    try:
        return examine(path, data, exclusions)
    except AnalysisError as error:
        return error
