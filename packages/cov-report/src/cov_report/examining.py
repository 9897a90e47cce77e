"""Bytes of source files → packed facts, known already or worked out."""

from __future__ import annotations

from types import TracebackType

from cov_analysis import Exclusions, Source, analyze
from cov_analysis.cache import FactCache
from cov_analysis.packing import pack


class Examiner:
    """Gives the facts of one file after another, the same ones whatever way they come.

    `cache` is a folder to keep facts in from one report to the next; None keeps nothing.
    """

    def __init__(self, exclusions: Exclusions | None = None, cache: str | None = None) -> None:
        self._exclusions = Exclusions() if exclusions is None else exclusions
        self._cache = None if cache is None else FactCache(cache, self._exclusions)

    def __enter__(self) -> Examiner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._cache is not None:
            self._cache.save()

    def facts(self, path: str, data: bytes) -> bytes:
        """The packed facts of a file with this content. Raises NotPython and AnalysisError."""
        if self._cache is None:
            return examine(path, data, self._exclusions)
        key = self._cache.key(data)
        packed = self._cache.get(key)
        if packed is None:
            packed = examine(path, data, self._exclusions)
            self._cache.put(key, packed)
        return packed


def examine(path: str, data: bytes, exclusions: Exclusions) -> bytes:
    """Work the facts out. `path` is for messages only. Raises NotPython and AnalysisError."""
    return pack(analyze(Source.from_bytes(path, data), exclusions))
