"""Bytes of source files → packed facts: known already, or worked out."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING

from cov_analysis import AnalysisError, Exclusions
from cov_analysis.cache import FactCache
from cov_analysis.source import read_bytes
from cov_analysis.worker import examine

from .staffing import crew_size, heavy_ones

if TYPE_CHECKING:
    from .crew import Crew


class Examiner:
    """Gives the facts of one file after another, the same ones whatever way they come.

    `cache` is a folder to keep facts in from one report to the next; None keeps nothing.
    `processes` is how many may be at work at the same time.
    """

    def __init__(
        self,
        exclusions: Exclusions | None = None,
        cache: str | None = None,
        processes: int = 1,
    ) -> None:
        self._exclusions = Exclusions() if exclusions is None else exclusions
        self._cache = None if cache is None else FactCache(cache, self._exclusions)
        self._processes = processes
        self._crew: Crew | None = None

    def __enter__(self) -> Examiner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._crew is not None:
            self._crew.dismiss()
        if self._cache is not None:
            self._cache.save()

    def expect(self, paths: Iterable[str]) -> None:
        """Say which files will be asked for, in this order: with much to do, others begin now."""
        if self._processes < 2:
            return
        unknown: dict[str, int] = {}  # path -> bytes
        for path in paths:
            try:
                data = read_bytes(path)
            except AnalysisError:
                continue
            if self._cache is None or self._cache.get(self._cache.key(data)) is None:
                unknown[path] = len(data)
        processes = crew_size(sum(unknown.values()), self._processes)
        if processes:
            # Here: what starts processes takes longer to import than a small report to write.
            from .crew import Crew

            heavy = heavy_ones(unknown)
            self._crew = Crew(list(unknown), self._exclusions, processes, heavy)

    def facts(self, path: str, data: bytes) -> bytes:
        """The packed facts of a file with this content. Raises NotPython and AnalysisError."""
        if self._cache is None:
            return self._work_out(path, data)
        key = self._cache.key(data)
        packed = self._cache.get(key)
        if packed is None:
            packed = self._work_out(path, data)
            self._cache.put(key, packed)
        return packed

    def _work_out(self, path: str, data: bytes) -> bytes:
        packed = None if self._crew is None else self._crew.take(path, data)
        return examine(path, data, self._exclusions) if packed is None else packed
