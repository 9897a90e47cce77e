"""Kinds of values a setting can have: how each is read from INI, from TOML and from an argument.

A kind turns what it is given into a value, or raises ValueError with a reason that quotes it;
where the value stood is added by the caller. Lists become tuples, so that values are immutable.
No setting of `cov run` may cost it the import of `typing`, hence the stand-in for generics.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Generic, TypeVar

    T = TypeVar("T", covariant=True)

    class Typed(Generic[T]):
        """Base of classes that know a type."""
else:
    T = None

    class Typed:
        """Base of classes that know a type, for the type checker only."""

        def __class_getitem__(cls, item: object) -> type:
            return cls


class Kind(Typed[T]):
    """A kind of value; `word` names it in the reference page, `takes_value` on the command line."""

    word = ""
    takes_value = True

    def ini(self, text: str) -> T:
        """Read the text of an INI option, already substituted and stripped."""
        raise NotImplementedError

    def toml(self, value: object) -> T:
        """Read a TOML value, already substituted."""
        raise NotImplementedError

    def argument(self, text: str) -> T:
        """Read the text that follows a flag on the command line."""
        return self.ini(text)

    def joined(self, before: object, value: object) -> object:
        """What a flag that is given again makes of both values: the last one counts."""
        return value


class Boolean(Kind[bool]):
    """SYN-05, SYN-06."""

    word = "boolean"
    takes_value = False

    def ini(self, text: str) -> bool:
        lowered = text.lower()
        if lowered in ("1", "yes", "true", "on"):
            return True
        if lowered in ("0", "no", "false", "off"):
            return False
        raise ValueError(f"not a boolean: {text!r}")

    def toml(self, value: object) -> bool:
        # Strings are there for the sake of substitution: branch = "${BRANCH-false}".
        if value is True or value == "true":
            return True
        if value is False or value == "false":
            return False
        raise ValueError(f"not a boolean: {value!r}")


class Integer(Kind[int]):
    """SYN-05, SYN-07."""

    word = "integer"

    def ini(self, text: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"not an integer: {text!r}") from None

    def toml(self, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self.ini(value)
        raise ValueError(f"not an integer: {value!r}")


class Number(Kind[float]):
    """SYN-05, SYN-07: a TOML boolean counts as 0 or 1."""

    word = "number"

    def ini(self, text: str) -> float:
        try:
            return float(text)
        except ValueError:
            raise ValueError(f"not a number: {text!r}") from None

    def toml(self, value: object) -> float:
        if isinstance(value, (int, float)):
            return float(value)
        if isinstance(value, str):
            return self.ini(value)
        raise ValueError(f"not a number: {value!r}")


class Text(Kind[str]):
    word = "text"

    def ini(self, text: str) -> str:
        return text

    def toml(self, value: object) -> str:
        if isinstance(value, str):
            return value
        raise ValueError(f"not a string: {value!r}")


class File(Text):
    """A file or directory; a leading ``~`` in a config file is expanded (SYN-11)."""

    word = "file"

    def ini(self, text: str) -> str:
        return os.path.expanduser(text)

    def toml(self, value: object) -> str:
        return os.path.expanduser(super().toml(value))

    def argument(self, text: str) -> str:
        return text  # expanding is the shell's business


class Items(Kind[tuple[str, ...]]):
    """SYN-04: INI lists are split on newlines and commas. CLI-13: arguments on commas only."""

    word = "list"

    def ini(self, text: str) -> tuple[str, ...]:
        items = text.replace("\n", ",").split(",")
        return tuple(item.strip() for item in items if item.strip())

    def toml(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, (list, tuple)):
            raise ValueError(f"not a list of strings: {value!r}")
        for item in value:
            if not isinstance(item, str):
                raise ValueError(f"not a list of strings: it contains {item!r}")
        return tuple(value)

    def argument(self, text: str) -> tuple[str, ...]:
        if os.name == "nt" and len(text) >= 2 and text[0] == text[-1] == "'":
            text = text[1:-1]  # cmd.exe hands on the quotes that other shells remove
        return tuple(text.split(",")) if text else ()


class Each(Items):
    """A flag that may be given several times, with a value each time; commas are part of it."""

    def argument(self, text: str) -> tuple[str, ...]:
        return (text,)

    def joined(self, before: object, value: object) -> object:
        assert isinstance(before, tuple) and isinstance(value, tuple)
        return before + value


class Regexes(Items):
    """Regular expressions: one a line in INI, as commas are part of them. Each must compile."""

    word = "list of regexes"

    def ini(self, text: str) -> tuple[str, ...]:
        return _compilable(tuple(line.strip() for line in text.split("\n") if line.strip()))

    def toml(self, value: object) -> tuple[str, ...]:
        return _compilable(super().toml(value))


def _compilable(regexes: tuple[str, ...]) -> tuple[str, ...]:
    if regexes:
        import re  # only where there is one: it costs milliseconds
    for regex in regexes:
        try:
            re.compile(regex)
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(f"not a regular expression: {regex!r}: {error}") from None
    return regexes


BOOLEAN = Boolean()
INTEGER = Integer()
NUMBER = Number()
TEXT = Text()
FILE = File()
ITEMS = Items()
EACH = Each()
REGEXES = Regexes()
