"""What there is to know of a file from the compiler: lines with code, and a tree of statements.

A parser needs some hundred times the memory of its text, so a big file is read in pieces: each is
some functions and classes at the top of the module and what stands between them, and is compiled
as if the rest were blank lines. For facts it makes no difference, as long as no statement of the
module itself decides about those after it. Where one could, the file is read as a whole.
"""

from __future__ import annotations
import __future__

import ast
import re
from typing import NamedTuple

from .errors import NotPython
from .scanning import JOIN, logical_texts
from .source import Source
from .statements import code_lines
from .tree import statements

# Characters from which on a piece is long enough.
PIECE = 24 * 1024

_FUTURES = 0
for _name in __future__.all_feature_names:
    _FUTURES |= getattr(__future__, _name).compiler_flag

# Words of a module's own statements that may end it early, or that concern the whole of it.
_RISKY = re.compile(r"\b(?:raise|while|assert|global|match|case|__annotations__)\b")
_HEADERS = re.compile(r"(?:if|elif|else|for|try|except|finally|with)\b")
_DEFINITIONS = ("def ", "class ", "async def ", "@")

_GONE = ast.Constant(None)


class Outline(NamedTuple):
    """`code_lines` are the physical lines (1-based) that compiled code stands on.

    In the tree of a big file the expressions of simple statements are gone.
    """

    tree: ast.Module
    code_lines: set[int]


def outline(source: Source, piece: int = PIECE) -> Outline:
    """Compile and parse, in pieces of so many characters or more. Raises NotPython."""
    if len(source.text) >= 2 * piece:
        texts = logical_texts(source.text)
        starts = None if texts is None else piece_starts(source, texts, piece)
        if starts:
            try:
                return _by_pieces(source, [1, *starts])
            except NotPython:
                pass  # The whole has something to say of it.
    return Outline(source.tree, code_lines(source, [source.code]))


def piece_starts(source: Source, texts: list[str], piece: int) -> list[int] | None:
    """On which lines all pieces but the first begin; None if the file is not to be cut up."""
    offsets = source.line_starts
    starts: list[int] = []
    cut = 0
    line = 1
    is_definition = was_decorator = False
    for text in texts:
        first, line = line, line + 1 + text.count(JOIN)
        if not text or text.isspace():
            continue
        if text[0] not in " \t":
            is_definition = text.startswith(_DEFINITIONS)
            if is_definition and not was_decorator and offsets[first - 1] - cut >= piece:
                starts.append(first)
                cut = offsets[first - 1]
            was_decorator = text[0] == "@"
        if not is_definition and not _just_goes_on(text.strip()):
            return None
    return starts


def _just_goes_on(text: str) -> bool:
    """Whether what follows this line of a module is reached as if the line were not there.

    Annotations of a module are code at its beginning or in a function that is all the module's.
    """
    if _RISKY.search(text):
        return False
    return ":" not in text or bool(_HEADERS.match(text) and text.index(":") == len(text) - 1)


def _by_pieces(source: Source, starts: list[int]) -> Outline:
    tree = ast.Module([], [])
    lines: set[int] = set()
    flags = 0
    for first, end in zip(starts, [*starts[1:], len(source.lines) + 1], strict=True):
        code, part = source.part(first, end, flags)
        flags |= code.co_flags & _FUTURES
        lines |= code_lines(source, [code])
        _prune(part)
        tree.body += part.body
    return Outline(tree, lines)


def _prune(tree: ast.Module) -> None:
    """Let go of most of the memory: of expressions that no statement's way depends on."""
    for node in statements(tree):
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Assert(test=ast.Constant()):
                pass
            case ast.Assign():
                node.targets.clear()
                node.value = _GONE
            case ast.Expr() | ast.AugAssign() | ast.AnnAssign() | ast.Return():
                node.value = _GONE
            case ast.Assert():
                node.test = ast.Name("", ast.Load())
