"""Renaming paths between machines. Pure, but for asking whether a new name exists.

A rule says: what lay below this pattern there, lies below this directory here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from .errors import DataError

_SEPARATOR = re.compile(r"[/\\]")
_ARCHIVES = re.compile(r"\.(?:zip|whl|egg|pex|par)[/\\]")


class PathMap:
    """Rules for renaming; each is a list: where files are here, then patterns for where they were.

    Patterns match the beginning of a path, up to a separator, whatever its case; `?`, `*`, `**` and
    `[…]` are wildcards. Rules are tried in order and the first whose result exists is used, so a
    name that no rule fits stays as it is. New names are absolute, with symbolic links resolved.

    With `relative`, results stay relative, names below `cwd` (the current directory by default)
    become relative, and a directory that some relative name begins with is recognised anywhere: the
    longest end of a name that begins with it and exists is the file.

    Raises DataError for a pattern that cannot be.
    """

    def __init__(
        self,
        rules: Iterable[Sequence[str]] = (),
        *,
        relative: bool = False,
        cwd: str | os.PathLike[str] | None = None,
        exists: Callable[[str], bool] | None = None,
    ) -> None:
        self._relative = relative
        self._cwd = os.path.realpath(os.getcwd() if cwd is None else cwd)
        self._exists = exists or self._is_there
        self._rules = [
            self._rule(pattern, result) for result, *patterns in rules for pattern in patterns
        ]

    def renames(self, paths: Iterable[str]) -> dict[str, str]:
        """The new name of each path. The order of `paths` does not matter."""
        names = set(paths)
        tops = _tops(names) if self._relative else {}
        return {name: self._apply(name, tops) for name in names}

    def map(self, path: str) -> str:
        """The new name of a path on its own."""
        return self._apply(path, {})

    def _rule(self, pattern: str, result: str) -> tuple[re.Pattern[str], str]:
        written = pattern
        root = pattern[:1] in ("/", "\\")
        pattern = pattern.rstrip("/\\")
        if pattern.endswith("*"):
            raise DataError(
                f"path pattern {written!r} must not end in a wildcard: name a directory"
            )
        if not (root or pattern.startswith("*") or _is_absolute(pattern) or self._relative):
            pattern = os.path.join(self._cwd, pattern)
        separator = "\\" if "\\" in result and "/" not in result else "/"
        if "/" not in result and "\\" not in result:
            separator = os.sep
        if not self._relative and not _is_absolute(result):
            result = os.path.realpath(os.path.join(self._cwd, result))
            separator = os.sep
        return _compile(pattern, written), result.rstrip("/\\") + separator

    def _apply(self, path: str, tops: Mapping[str, Sequence[str]]) -> str:
        for pattern, result in self._rules:
            match = pattern.match(path)
            if match is None:
                continue
            new = self._renamed(result, path[match.end() :])
            if self._exists(new):
                return new
        for new in self._recognised(path, tops):
            if self._exists(new):
                return new
        return _undotted(self._below_cwd(path)) if self._relative else path

    def _recognised(self, path: str, tops: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """What the path may be called from here, the longest name first."""
        if not tops:
            return
        # What is named from here is no other file, whatever the directories on its way are called.
        if not _is_absolute(path) and self._exists(_SEPARATOR.split(path, maxsplit=1)[0]):
            return
        yield self._below_cwd(path)
        start = 0
        for separator in _SEPARATOR.finditer(path):
            for top in tops.get(path[start : separator.start()].lower(), ()):
                yield self._renamed(top + os.sep, path[separator.start() :])
            start = separator.end()

    def _renamed(self, result: str, rest: str) -> str:
        # `rest` begins with the separator of the system that wrote the path.
        new = result + rest[1:].replace(rest[0], result[-1])
        if not self._relative:
            return os.path.realpath(os.path.join(self._cwd, new))
        # A result of `./src` was meant so; the dot of a mere `.` says nothing.
        return _undotted(new) if result[:-1] == "." else new

    def _below_cwd(self, path: str) -> str:
        prefix = self._cwd.rstrip(os.sep) + os.sep
        return path[len(prefix) :] if path.startswith(prefix) else path

    def _is_there(self, path: str) -> bool:
        full = os.path.join(self._cwd, path)
        if os.path.exists(full):
            return True
        match = _ARCHIVES.search(full)
        return match is not None and os.path.exists(full[: match.end() - 1])


def _tops(names: Iterable[str]) -> dict[str, list[str]]:
    """The directories that relative names begin with, by their names in lower case."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        top, *rest = _SEPARATOR.split(name, maxsplit=1)
        if rest and top not in ("", ".", "..") and not _is_absolute(name):
            spellings = found.setdefault(top.lower(), [])
            if top not in spellings:
                spellings.append(top)
    return found


def local_separators(path: str) -> str:
    """The path with this system's separators, if another system wrote it.

    A backslash is an ordinary character in the name of a file here and then stays one.
    """
    if os.sep == "\\":
        return path.replace("/", "\\")
    if "\\" not in path or path.startswith("/") or os.path.exists(path):
        return path
    return path.replace("\\", "/")


def _undotted(path: str) -> str:
    """Without `./` in front, which says nothing."""
    return path[2:] if path[:2] in ("./", ".\\") else path


def _is_absolute(path: str) -> bool:
    """On any system: `/x`, `\\x` and `c:\\x` all are."""
    return path[:1] in ("/", "\\") or re.match(r"[A-Za-z]:[/\\]", path) is not None


_TOKENS = re.compile(
    r"(?P<deep>\*\*)|(?P<any>\*)|(?P<one>\?)|(?P<sep>[/\\])|(?P<set>\[[^]]+\])|(?P<text>.)", re.S
)


def _compile(pattern: str, written: str) -> re.Pattern[str]:
    """A pattern that ends at a separator, as a regex."""
    if re.match(r"\*[/\\]", pattern):
        pattern = "*" + pattern
    if re.search(r"\*\*[^/\\]|[^/\\]\*\*|\*\*[/\\]\*\*", pattern):
        raise DataError(
            f"path pattern {written!r}: ** must be a whole part of the path, and only once"
        )
    parts: list[str] = []
    for token in _TOKENS.finditer(pattern):
        text = token.group()
        if token.lastgroup == "text":
            if text in "[]":
                raise DataError(f"path pattern {written!r}: a bracket is not closed, or not opened")
            parts.append(re.escape(text))
        elif token.lastgroup == "set":
            parts.append("[^" + text[2:] if text.startswith("[!") else text)
        else:
            parts.append(
                {"deep": "(?:.*", "any": r"[^/\\]*", "one": r"[^/\\]", "sep": r"[/\\]"}[
                    str(token.lastgroup)
                ]
            )
    regex = "".join(parts).replace(r"(?:.*[/\\]", r"(?:.*[/\\])?")
    try:
        return re.compile(regex + r"(?=[/\\])", re.I | re.S)
    except re.error as error:
        raise DataError(f"path pattern {written!r}: {error}") from None
