"""Bytes to text, lines, syntax tree and code: the only reader of source files."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Callable
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from types import CodeType
from typing import TypeVar

from .errors import AnalysisError, NotPython

_T = TypeVar("_T")

# A path with one of these in the middle points into an archive (GLB-12).
_IN_ARCHIVE = re.compile(r"(?P<archive>.*?\.(?:zip|whl|egg|pex|par))[\\/](?P<member>.+)", re.DOTALL)

_FEED_IN_INDENTATION = re.compile(r"^[ \t\f]*\f", re.MULTILINE)


def digest(data: bytes) -> str:
    """A fingerprint (32 hex digits) of a file's content, whatever its line ends.

    A checkout on Windows and one on Linux have the same.
    """
    same = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return blake2b(same, digest_size=16).hexdigest()


def code_digest(data: bytes) -> str:
    """The same without what follows a "#" on a line, and without blanks before that.

    Data files have it of the sources that were measured: facts about lines stay true when somebody
    adds a pragma to one, and no more when lines move. Not a lexer: "#" in a string counts, too.
    """
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    code = [line.split(b"#")[0].rstrip(b" \t") if b"#" in line else line for line in lines]
    return digest(b"\n".join(code))


class Source:
    """One source file. Everything derived from its text is worked out once, when first asked for.

    `text` has "\\n" line ends, blanks for form feeds, and always a final line end.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = _normal(text)

    @classmethod
    def read(cls, path: str | Path) -> Source:
        """Read a file, also one inside an archive (`lib.zip/pkg/mod.py`).

        Raises AnalysisError when it cannot be read, NotPython when it cannot be decoded.
        """
        name = str(path)
        return cls.from_bytes(name, read_bytes(name))

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Source:
        """Decode as the interpreter would (PEP 263). Raises NotPython when that is impossible."""
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
            text = data.decode(encoding)
        except (SyntaxError, LookupError, ValueError) as error:
            # LookupError: a codec that is none for text. ValueError: bytes its codec refuses.
            raise NotPython(path, None, str(error)) from error
        return cls(path, text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; line n is `lines[n - 1]`."""
        return self.text.split("\n")[:-1]

    @cached_property
    def line_starts(self) -> list[int]:
        """Where each line begins in `text`, and, at the end, where a further one would."""
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree. Raises NotPython."""
        return self._understand(lambda: ast.parse(self.text, self.path))

    @cached_property
    def code(self) -> CodeType:
        """The compiled module. Raises NotPython.

        Compiled from the text: through the tree, deep nesting meets lower limits.
        """
        return self._understand(lambda: _compile(self.text, self.path))

    def part(self, first: int, end: int, flags: int) -> tuple[CodeType, ast.Module]:
        """Code and tree of the lines from `first` to before `end`, as if they were all there is.

        `flags` are those of `compile`. Raises NotPython.
        """
        starts = self.line_starts
        text = "\n" * (first - 1) + self.text[starts[first - 1] : starts[end - 1]]
        code = self._understand(lambda: _compile(text, self.path, flags))
        only_tree = flags | ast.PyCF_ONLY_AST
        tree = self._understand(
            lambda: compile(text, self.path, "exec", flags=only_tree, dont_inherit=True)
        )
        assert isinstance(tree, ast.Module)
        return code, tree

    def _understand(self, action: Callable[[], _T]) -> _T:
        try:
            # Whoever wants the warnings of their code gets them when it runs.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return action()
        except SyntaxError as error:
            raise NotPython(self.path, error.lineno, str(error.msg)) from error
        except (RecursionError, MemoryError) as error:
            raise NotPython(self.path, None, "nested too deeply for this interpreter") from error
        except (ValueError, OverflowError) as error:
            raise NotPython(self.path, None, str(error)) from error


def _compile(text: str, path: str, flags: int = 0) -> CodeType:
    code = compile(text, path, "exec", flags=flags, dont_inherit=True)
    assert isinstance(code, CodeType)
    return code


def _normal(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # To the interpreter a form feed in an indentation starts it anew, elsewhere it is a blank.
    text = _FEED_IN_INDENTATION.sub("", text).replace("\f", " ")
    return text if text.endswith("\n") else text + "\n"


def read_bytes(path: str) -> bytes:
    """The content of a file, also of one inside an archive. Raises AnalysisError."""
    try:
        file = Path(path)
        if file.is_fifo():
            raise OSError(0, "it is a pipe")  # which would keep us waiting
        return file.read_bytes()
    except (OSError, ValueError) as error:
        data = _read_member(path)
        if data is not None:
            return data
        reason = getattr(error, "strerror", None) or str(error)
        raise AnalysisError(f"cannot read the source file {path}: {reason}") from error


def _read_member(path: str) -> bytes | None:
    found = _IN_ARCHIVE.fullmatch(path)
    if found is None:
        return None
    import zipfile  # here: few have sources in an archive, and it takes long to import

    try:
        with zipfile.ZipFile(found["archive"]) as archive:
            return archive.read(found["member"].replace("\\", "/"))
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile):
        return None
