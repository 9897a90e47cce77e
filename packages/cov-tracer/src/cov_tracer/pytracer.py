"""The plain Python trace function: slow, simple, obviously right.

For `timid` runs, and the oracle that the event sources in C are tested against. It says what they
say: every line that ran; every pair of lines of one frame that followed each other, and every
orderly way out. An exception is nobody's jump, except from a `raise` statement.
"""

import sys

from cov_tracer import _tracer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType
    from typing import Any

    TraceFunction = Callable[[FrameType, str, Any], "TraceFunction | None"]


# An exception is under way, and no `raise` statement of the frame's.
_BY_OTHERS = -1


class PyTracer:
    """Measures the thread that starts it, and the threads whose functions `wrap` was given.

    `decide(file_name, frame)` is asked once per file: the path to record, or None.
    """

    def __init__(
        self,
        journal: "_tracer.Journal",
        decide: "Callable[[str, FrameType], str | None]",
        /,
        *,
        branch: bool = False,
    ) -> None:
        self.journal = journal
        self.branch = branch
        self.troubles = 0
        self._decide = decide
        self._files: dict[str, _File | None] = {}
        self._paths: dict[str, _File] = {}
        self._units: dict[CodeType, memoryview] = {}
        self.function: TraceFunction = self.trace  # what sys.gettrace() gives, ever the same

    def start(self) -> None:
        """Measure from now on, in this thread."""
        sys.settrace(self.function)

    def stop(self) -> None:
        """Measure no more in this thread."""
        sys.settrace(None)

    def wrap(self, function: "Callable[..., object]") -> "Callable[..., object]":
        """A callable that has the thread which calls it traced, then calls `function`."""

        def traced(*args: "Any", **kwargs: "Any") -> object:
            sys.settrace(self.function)
            return function(*args, **kwargs)

        return traced

    def resumed(self) -> None:
        """Another trace function had this thread: frames are known again from where they are."""
        frame: FrameType | None = sys._getframe()
        while frame is not None:
            activation = getattr(frame.f_trace, "__self__", None)
            if isinstance(activation, _Frame):
                activation.resume(frame)
            frame = frame.f_back

    def trace(self, frame: "FrameType", event: str, arg: object) -> "TraceFunction | None":
        """The global trace function: asked at each call."""
        code = frame.f_code
        _tracer.begins(frame)
        try:
            file = self._files[code.co_filename]
        except KeyError:
            file = self._files[code.co_filename] = self._ask(code.co_filename, frame)
        if file is None:
            return None
        units = self._units.get(code)
        if units is None:
            units = memoryview(_tracer.code_units(code)).cast("H")
            self._units[code] = units
        return _Frame(self, file, frame, units).trace

    def _ask(self, name: str, frame: "FrameType") -> "_File | None":
        try:
            path = self._decide(name, frame)
        except Exception:
            self.troubles += 1
            return None
        if path is None:
            return None
        if path not in self._paths:
            self._paths[path] = _File(self.journal, path)
        return self._paths[path]


class _File:
    """What is known of one file already, and its number in the journal."""

    def __init__(self, journal: "_tracer.Journal", path: str) -> None:
        self.journal = journal
        self.path = path
        self.seen: set[int | tuple[int, int]] = set()
        self.generation = 0
        self.number = 0

    def series(self) -> int:
        # A fork opens another journal, which has not heard of this file.
        if self.generation != self.journal.generation():
            self.number = self.journal.series(self.path)
            self.generation = self.journal.generation()
        return self.number

    def line(self, line: int) -> None:
        if line not in self.seen:
            self.seen.add(line)
            self.journal.line(self.series(), line)

    def jump(self, start: int, to: int) -> None:
        if (start, to) not in self.seen:
            self.seen.add((start, to))
            self.journal.jump(self.series(), start, to)


class _Frame:
    """One activation of a code object: where it is, line by line."""

    def __init__(
        self, tracer: PyTracer, file: _File, frame: "FrameType", units: memoryview
    ) -> None:
        code = frame.f_code
        self.file = file
        self.units = units
        self.branch = tracer.branch
        self.leaves = not code.co_name.startswith("<") or code.co_name == "<module>"
        self.exit = -code.co_firstlineno
        self.is_class = self.leaves and code.co_name != "<module>" and not code.co_flags & 1
        self.offset = 0  # where its last line began
        self.raised = 0  # the line of a `raise` statement that is under way
        self.last = frame.f_lineno or 0 if self._unit(frame) & _tracer.UNIT_RESUMED else 0

    def resume(self, frame: "FrameType") -> None:
        self.raised = self.last = 0
        if not self._unit(frame) & _tracer.UNIT_WITH_EXIT:
            self.last = frame.f_lineno or 0
            self.file.line(self.last)

    def trace(self, frame: "FrameType", event: str, arg: object) -> "TraceFunction":
        if event == "line":
            self._on_line(frame.f_lineno or 0, self._unit(frame), frame)
        elif event == "return":
            self._on_return(self._unit(frame))
        elif event == "exception":
            self._on_exception(frame.f_lineno or 0, self._unit(frame), arg)
        return self.trace

    def _unit(self, frame: "FrameType") -> int:
        index = frame.f_lasti // 2
        return self.units[index] if 0 <= index < len(self.units) else 0

    def _jump(self, start: int, to: int) -> None:
        if self.branch and start > 0:
            self.file.jump(start, to)

    def _on_line(self, line: int, unit: int, frame: "FrameType") -> None:
        if unit & _tracer.UNIT_BORROWED:
            return
        self.file.line(line)
        if unit & _tracer.UNIT_PASSING and self.raised:
            return  # it goes on being raised, without another event
        if self.is_class and self.last and line == -self.exit:
            return  # on its way out, where it is named and annotated
        if unit & _tracer.UNIT_WITH_EXIT:
            # Nobody goes to the `with` line. The way is taken, whatever its exit does now; but no
            # way leads to the next `except*` when this one raises.
            to = _tracer.with_exits(frame.f_code).get(frame.f_lasti // 2)
            if self.raised == 0:
                self._way(() if to is None else (to,), unit, frame)
            return
        # Handlers stand below what they protect; a loop that begins one is come back to from below.
        again = self.offset > frame.f_lasti
        self.offset = frame.f_lasti
        if unit & _tracer.UNIT_HANDLER and not again:
            # An exception brought us here: only a `raise` statement is a way of the program's own,
            # and the end of a `finally` that lets it go on. A bare `raise` has no event.
            self._jump(self.raised or self.last, line)
            self.raised = 0
        elif not unit & _tracer.UNIT_WITH_HANDLER:
            self._way((line,), unit, frame)
            self.raised = 0
        self.last = line

    def _way(self, ways: "tuple[int, ...]", unit: int, frame: "FrameType") -> None:
        if unit & _tracer.UNIT_FINALLY:  # not there, but perhaps through it
            known = _tracer.crossings(frame.f_code)
            ways = known.get((self.last, frame.f_lasti // 2), ways)
        for to in ways:
            self._jump(self.last, to)

    def _on_exception(self, line: int, unit: int, arg: object) -> None:
        if unit & _tracer.UNIT_RAISE:
            self.raised = line
        elif not unit & _tracer.UNIT_RERAISE:
            # The end of an iterator is told as an exception, too, though it goes nowhere.
            kind = arg[0] if isinstance(arg, tuple) else None
            ends = kind is StopIteration or kind is StopAsyncIteration
            if not (ends and unit & _tracer.UNIT_ITERATES):
                self.raised = _BY_OTHERS

    def _on_return(self, unit: int) -> None:
        if not self.leaves or unit & _tracer.UNIT_YIELD:
            return
        # An exception that passes through looks like a returned None, but not at a return.
        if unit & _tracer.UNIT_RETURN:
            self._jump(self.last, self.exit)
        elif self.raised:
            self._jump(self.raised, self.exit)
        elif unit & (_tracer.UNIT_RAISE | _tracer.UNIT_RERAISE):
            # A `finally` that is done lets the exception go on; a bare `raise` has no event.
            self._jump(self.last, self.exit)
