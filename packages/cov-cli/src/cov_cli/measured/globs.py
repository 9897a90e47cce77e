"""File patterns of include and omit: reference GLB-02 to GLB-11, without `re`.

A pattern is a list of path components. `**` stands for any number of directories; inside a
component `*` and `?` stand for characters, `[abc]`, `[a-c]`, `[^a]` and `[!a]` for one of a set.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_IGNORE_CASE = os.name == "nt"


def check(pattern: str) -> None:
    """Raise ValueError, naming the offending piece, if the pattern makes no sense (CER-09)."""
    parts = _split(pattern)
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if "**" in part and part != "**":
            raise ValueError(f"** stands for whole directories, so not {part!r}")
        if part == following == "**":
            raise ValueError("'**/**' says no more than '**'")
        _check_brackets(part)


def _check_brackets(part: str) -> None:
    position = 0
    while position < len(part):
        if part[position] == "]":
            raise ValueError(f"']' without '[' in {part!r}")
        if part[position] == "[":
            end = _class_end(part, position)
            if end < 0:
                raise ValueError(f"'[' without ']' in {part!r}")
            position = end
        position += 1


class Globs:
    """Some patterns at once.

    A pattern that starts with neither `*` nor `?` counts twice: as it is, and made absolute from
    `cwd` with symbolic links resolved (GLB-07).
    """

    def __init__(self, patterns: "Iterable[str]", cwd: str) -> None:
        self._any = False
        self._patterns: list[list[str]] = []
        for pattern in patterns:
            if pattern == "*":
                self._any = True
            elif pattern:
                self._add(pattern)
                if pattern[0] not in "*?":
                    self._add(_absolute(pattern, cwd))

    def _add(self, pattern: str) -> None:
        self._patterns.append(_compile(pattern))

    def __bool__(self) -> bool:
        return self._any or bool(self._patterns)

    def match(self, path: str) -> bool:
        """Whether one of the patterns matches the whole of `path`."""
        if self._any:
            return True
        parts = _split(_fold(path))
        return any(_match(pattern, 0, parts, 0) for pattern in self._patterns)


def _fold(text: str) -> str:
    return text.lower() if _IGNORE_CASE else text


def _split(text: str) -> "list[str]":
    """Both separators separate, on every system (GLB-05)."""
    return text.replace("\\", "/").split("/")


def _absolute(pattern: str, cwd: str) -> str:
    """Resolve links in the part of the pattern that can name something."""
    head = pattern.replace("\\", "/") if os.sep == "\\" else pattern
    tail: list[str] = []
    while any(sign in head for sign in "*?["):
        head, _, last = head.rpartition("/")
        tail.insert(0, last)
    return "/".join([os.path.realpath(os.path.join(cwd, head)).rstrip("/"), *tail])


def _compile(pattern: str) -> "list[str]":
    parts = _split(_fold(pattern))
    if len(parts) == 1:
        return ["**", parts[0]]  # GLB-04: a bare name matches in any directory
    if parts[0] == "*":
        parts[0] = "**"  # GLB-03
    if parts[-1] == "*":
        parts[-1] = "**"
    return parts


def _match(pattern: "list[str]", at: int, parts: "list[str]", start: int) -> bool:
    """Whether the pattern from component `at` matches the path from component `start`."""
    while at < len(pattern):
        if pattern[at] == "**":
            if at == len(pattern) - 1:
                return start < len(parts)
            return any(_match(pattern, at + 1, parts, i) for i in range(start, len(parts)))
        if start >= len(parts) or not _match_part(pattern[at], parts[start]):
            return False
        at += 1
        start += 1
    return start == len(parts)


def _match_part(pattern: str, text: str) -> bool:
    """Match one component, going back to the last `*` when something does not fit."""
    at = start = 0
    star = mark = -1
    while start < len(text):
        width = _fits(pattern, at, text[start]) if at < len(pattern) else 0
        if width:
            at += width
            start += 1
        elif at < len(pattern) and pattern[at] == "*":
            star, mark = at, start
            at += 1
        elif star >= 0:
            mark += 1
            at, start = star + 1, mark
        else:
            return False
    return not pattern[at:].strip("*")


def _fits(pattern: str, at: int, character: str) -> int:
    """The width of the pattern's piece at `at` if it stands for the character, else 0."""
    sign = pattern[at]
    if sign == "*":
        return 0
    if sign == "?":
        return 1
    if sign == "[":
        end = _class_end(pattern, at)
        if end > 0:
            return end - at + 1 if _in_class(pattern[at + 1 : end], character) else 0
    return int(sign == character)


def _class_end(pattern: str, at: int) -> int:
    """Where the set that begins at `at` is closed, or -1. A `]` right at its start is a member."""
    return pattern.find("]", at + (3 if pattern[at + 1 : at + 2] in ("!", "^") else 2))


def _in_class(members: str, character: str) -> bool:
    negated = members[0] in "!^" and len(members) > 1
    if negated:
        members = members[1:]
    found = False
    at = 0
    while at < len(members):
        if members[at + 1 : at + 2] == "-" and at + 2 < len(members):
            found |= members[at] <= character <= members[at + 2]
            at += 3
        else:
            found |= members[at] == character
            at += 1
    return found != negated
