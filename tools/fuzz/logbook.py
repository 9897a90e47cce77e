"""What a made-up program runs with, and what its twin writes down about its path.

A program is rendered twice: as it is, to be measured, and as a twin in which every statement is
preceded by a note. Both ask the same `Logbook` at the same places, so both go the same way; the
twin's notes are the truth, known without any tracer.
"""

from __future__ import annotations

import _thread
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any

EXIT = 0  # stands for "left the function, class or module"
BUDGET = 300  # questions that a thread may ask before everything is refused


class Enough(BaseException):
    """The program has run for long enough: from now on each question raises this."""


class E1(Exception):
    pass


class E2(E1):
    pass


class E3(BaseException):
    pass


ERRORS = (E1, E2, E3, ValueError)


class Activation:
    """One run of one code object: the way that was decided last and has not arrived yet."""

    __slots__ = ("pending",)

    def __init__(self) -> None:
        self.pending: tuple[int, str] | None = None


class Logbook:
    """Answers the questions of one run of a program: the same for the same seed, place and count.

    `lines` ran; `ways` holds (line, what): "true" and "false" of a condition, "done" when the
    rest of the line's suite came to its end, "jump" when its jump was made, "exit" when the
    scope on that line was left in order; `arrivals` tells, for each of them, what came next.
    """

    def __init__(self, seed: int, wrap: Callable[..., Any] | None = None) -> None:
        self.seed = seed * 0x9E3779B1
        self.wrap = wrap
        self.counts: dict[tuple[int, int], int] = {}
        self.budgets: dict[int, int] = {}
        self.numbers: dict[int, int] = {}
        self.lines: set[int] = set()
        self.ways: set[tuple[int, str]] = set()
        self.arrivals: set[tuple[int, str, int]] = set()
        self.unsure: set[tuple[int, str]] = set()
        self.activations: list[Activation] = []

    def names(self) -> dict[str, object]:
        """The globals of a program."""
        own: tuple[str, ...] = (
            "c",
            "s",
            "r",
            "v",
            "w",
            "ar",
            "cm",
            "acm",
            "deco",
            "go",
            "spin",
            "weave",
        )
        own += ("drive", "both", "spin_async", "threads")
        found = {name: getattr(self, name) for name in own}
        return {**found, "E1": E1, "E2": E2, "E3": E3, "d": 1, "x": 0, "__name__": "made_up"}

    def notes(self) -> dict[str, object]:
        """What a twin needs besides."""
        own = ("A", "L", "W", "P", "F", "AF", "X", "XA", "H", "HS", "G", "T", "J", "D", "Q", "Z")
        return {name: getattr(self, name) for name in own} | {"_a": self.A()}

    # Answers

    def roll(self, number: int) -> int:
        """0 to 1023."""
        thread = self.numbers.get(_thread.get_ident(), 0)
        left = self.budgets.get(thread, BUDGET) - 1
        self.budgets[thread] = left
        if left < 0:
            raise Enough
        if thread:
            time.sleep(0)  # let another one run
        count = self.counts[thread, number] = self.counts.get((thread, number), 0) + 1
        mixed = (self.seed ^ number * 0x85EBCA6B ^ count * 0xC2B2AE35) & 0xFFFFFFFF
        mixed = (mixed ^ mixed >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
        mixed = (mixed ^ mixed >> 12) * 0x297A2D39 & 0xFFFFFFFF
        return (mixed ^ mixed >> 15) & 1023

    def risk(self, number: int, share: int) -> int:
        """A roll; or, in `share` of 1024 cases, an exception."""
        roll = self.roll(number)
        if roll < share:
            raise ERRORS[roll % len(ERRORS)]
        return roll

    def c(self, number: int) -> bool:
        return self.risk(number, 24) & 16 != 0

    def s(self, number: int) -> int:
        return self.risk(number, 50) & 3

    def r(self, number: int) -> Iterator[int]:
        return _Items(self, number, self.risk(number, 10) & 3)

    def v(self, number: int) -> object:
        subjects = (0, 1, 2, 3, (1, 2), [0, 1], "k", None, {"k": 1}, True)
        return subjects[self.risk(number, 10) % len(subjects)]

    def deco(self, number: int) -> Callable[[Any], Any]:
        roll = self.risk(number, 15)

        def same(thing: Any) -> Any:
            if 15 <= roll < 30:
                raise E1
            return thing

        return same

    async def w(self, number: int) -> bool:
        roll = self.risk(number, 24)
        for _ in range(roll & 3):
            await _Pause()
        return self.risk(number, 24) & 8 != 0

    async def ar(self, number: int) -> Any:
        for item in _Items(self, number, self.risk(number, 10) & 3):
            if item & 1:
                await _Pause()
            yield item

    def cm(self, number: int) -> _Manager:
        return _Manager(self, number, self.risk(number, 10))

    def acm(self, number: int) -> _AsyncManager:
        return _AsyncManager(self, number, self.risk(number, 10))

    # Ways to run a function of the program; nothing gets past them.

    def go(self, function: Callable[..., Any], d: int = 2) -> None:
        try:
            function(d)
        except BaseException:  # noqa: BLE001 - the program's own
            pass

    def spin(self, number: int, function: Callable[..., Any]) -> None:
        self.weave(number, function)

    def weave(self, number: int, *functions: Callable[..., Any]) -> None:
        running = [self._made(function) for function in functions]
        try:
            for _ in range(12):
                which = self.roll(number) % len(running)
                roll = self.roll(number)
                if roll < 40:
                    del running[which]  # abandoned
                elif not self._turn(running[which], roll):
                    del running[which]
                if not running:
                    break
        except BaseException:  # noqa: BLE001 - the program's own
            pass

    def drive(self, number: int, function: Callable[..., Any]) -> None:
        self.both(number, function)

    def both(self, number: int, *functions: Callable[..., Any]) -> None:
        running = [self._made(function) for function in functions]
        try:
            for _ in range(40):
                which = self.roll(number) % len(running)
                roll = self.roll(number)
                if not self._turn(running[which], roll if roll < 60 else 1023):
                    del running[which]
                if not running:
                    break
        except BaseException:  # noqa: BLE001 - the program's own
            pass

    def spin_async(self, number: int, function: Callable[..., Any]) -> None:
        generator = self._made(function)
        try:
            for _ in range(8):
                roll = self.roll(number)
                if roll < 60:
                    step = generator.athrow(ERRORS[roll % len(ERRORS)])
                elif roll < 120:
                    step = generator.aclose()
                else:
                    step = generator.asend(None)
                while self._turn(step, 1023):
                    pass
        except BaseException:  # noqa: BLE001 - the program's own
            pass

    def threads(self, *functions: Callable[..., Any]) -> None:
        locks = []
        for index, function in enumerate(functions, 1):
            lock = _thread.allocate_lock()
            lock.acquire()
            locks.append(lock)

            def run(
                index: int = index + 1000 * self.numbers.get(_thread.get_ident(), 0),
                function: Callable[..., Any] = function,
                lock: Any = lock,
            ) -> None:
                self.numbers[_thread.get_ident()] = index
                try:
                    self.go(function)
                finally:
                    lock.release()

            _thread.start_new_thread(self.wrap(run) if self.wrap else run, ())
        for lock in locks:
            lock.acquire()

    def _made(self, function: Callable[..., Any]) -> Any:
        try:
            return function(2)
        except BaseException:  # noqa: BLE001 - the program's own
            return iter(())

    def _turn(self, generator: Any, roll: int) -> bool:
        """Run it to its next stop: whether it has one."""
        try:
            if 40 <= roll < 60:
                generator.throw(ERRORS[roll % len(ERRORS)])
            elif 60 <= roll < 80:
                generator.close()
                return False
            elif roll < 200:
                generator.send(roll)
            else:
                generator.send(None)
        except BaseException:  # noqa: BLE001 - the program's own
            return False
        return True

    # Notes. Capital letters, so that no program uses them; the first argument is the activation.

    def A(self) -> Activation:
        """A code object begins to run."""
        made = Activation()
        self.activations.append(made)
        return made

    def L(self, a: Activation, line: int) -> None:
        """A statement on this line begins."""
        self.lines.add(line)
        if a.pending is not None and a.pending[0] != line:
            self.arrivals.add((*a.pending, line))
            a.pending = None

    def decided(self, a: Activation, line: int, what: str) -> None:
        self.ways.add((line, what))
        a.pending = (line, what)

    def P(self, a: Activation, line: int) -> bool:
        """A condition is about to be asked."""
        self.L(a, line)
        return True

    def W(self, a: Activation, line: int, value: object) -> object:
        """A condition has this value."""
        if a.pending is not None and a.pending[0] != line:
            self.L(a, line)
        self.decided(a, line, "true" if value else "false")
        return value

    def F(self, a: Activation, line: int, items: Any) -> Iterator[object]:
        """What a loop goes through."""
        return _Noted(self, a, line, iter(items))

    def AF(self, a: Activation, line: int, items: Any) -> _NotedAsync:
        return _NotedAsync(self, a, line, items)

    def X(self, a: Activation, manager: Any) -> _NotedManager:
        return _NotedManager(self, a, manager)

    def XA(self, a: Activation, manager: Any) -> _NotedAsyncManager:
        return _NotedAsyncManager(self, a, manager)

    def H(self, a: Activation, line: int, error: object) -> object:
        """An except clause looks whether it is meant."""
        self.L(a, line)
        return error

    def HS(self, a: Activation, line: int, error: object) -> object:
        """The same, of a further `except*`: the one before it is done, or has raised."""
        self.left_with(a, False)
        return self.H(a, line, error)

    def G(self, a: Activation, line: int, earlier: tuple[int, ...]) -> bool:
        """A pattern matched, its guard is about to be asked."""
        for one in earlier:
            self.L(a, one)
            self.decided(a, one, "false")
        self.L(a, line)
        return True

    def T(self, a: Activation, line: int, earlier: tuple[int, ...]) -> None:
        """A case was chosen; line 0: none."""
        self.G(a, line or earlier[-1], earlier)
        if line:
            self.decided(a, line, "true")

    def D(self, a: Activation, begun: None, decorator: object, line: int) -> object:
        """A decorator was made; the last one also tells that the definition begins, on `line`."""
        if line:
            self.L(a, line)
        return decorator

    def Q(self, a: Activation, line: int) -> None:
        """The suite or the definition on this line is done."""
        self.decided(a, line, "done")

    def J(self, line: int, value: object = None) -> Any:
        """The jump behind a header is made."""
        self.ways.add((line, "jump"))
        return value

    def Z(self, line: int, value: object = None) -> Any:
        """A scope whose body is on the line of its header is left."""
        self.ways.add((line, "exit"))
        return value

    def finish(self) -> None:
        """The program is over: what has not arrived has left."""
        for activation in self.activations:
            if activation.pending is not None:
                self.arrivals.add((*activation.pending, EXIT))

    def left_with(self, a: Activation, well: bool) -> None:
        """A `with` is left; not well when an exception comes, or its exit raises."""
        if not well and a.pending is not None:
            self.unsure.add(a.pending)
            a.pending = None


class _Pause:
    def __await__(self) -> Generator[None, None, None]:
        yield


class _Items:
    """Numbers, as many as asked for; may raise on the way."""

    def __init__(self, book: Logbook, number: int, count: int) -> None:
        self.book, self.number, self.count = book, number, count

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        if self.count == 0:
            raise StopIteration
        self.count -= 1
        return self.book.risk(self.number, 20)


class _Manager:
    """Suppresses or raises on its way out, by its roll."""

    def __init__(self, book: Logbook, number: int, roll: int) -> None:
        self.book, self.number, self.roll = book, number, roll

    def __enter__(self) -> tuple[int, int]:
        self.book.risk(self.number, 15)
        return 1, 2

    def __exit__(self, kind: object, *_: object) -> bool:
        self.book.risk(self.number, 40)
        return self.roll & 1 == 1


class _AsyncManager(_Manager):
    async def __aenter__(self) -> tuple[int, int]:
        if self.roll & 2:
            await _Pause()
        return self.__enter__()

    async def __aexit__(self, *error: object) -> bool:
        if self.roll & 4:
            await _Pause()
        return self.__exit__(None)


class _Noted:
    def __init__(self, book: Logbook, a: Activation, line: int, items: Any) -> None:
        self.book, self.a, self.line, self.items = book, a, line, items

    def __iter__(self) -> Iterator[object]:
        return self

    def __next__(self) -> object:
        self.book.L(self.a, self.line)
        try:
            item = next(self.items)
        except StopIteration:
            self.book.decided(self.a, self.line, "false")
            raise
        self.book.decided(self.a, self.line, "true")
        return item


class _NotedAsync:
    def __init__(self, book: Logbook, a: Activation, line: int, items: Any) -> None:
        self.book, self.a, self.line, self.items = book, a, line, items

    def __aiter__(self) -> _NotedAsync:
        self.items = self.items.__aiter__()
        return self

    async def __anext__(self) -> object:
        self.book.L(self.a, self.line)
        try:
            item = await self.items.__anext__()
        except StopAsyncIteration:
            self.book.decided(self.a, self.line, "false")
            raise
        self.book.decided(self.a, self.line, "true")
        return item


class _NotedManager:
    def __init__(self, book: Logbook, a: Activation, manager: Any) -> None:
        self.book, self.a, self.manager = book, a, manager

    def __enter__(self) -> object:
        return self.manager.__enter__()

    def __exit__(self, *error: Any) -> Any:
        well = False
        try:
            result = self.manager.__exit__(*error)
            well = error[0] is None
        finally:
            self.book.left_with(self.a, well)
        return result


class _NotedAsyncManager(_NotedManager):
    async def __aenter__(self) -> object:
        return await self.manager.__aenter__()

    async def __aexit__(self, *error: Any) -> Any:
        well = False
        try:
            result = await self.manager.__aexit__(*error)
            well = error[0] is None
        finally:
            self.book.left_with(self.a, well)
        return result
