"""Where logical lines end, without a tokenizer: text that compiles needs no more than this.

What could hide a line's end is taken out of the text, one kind after another: comments, strings,
brackets. Every line end that does not end a logical line becomes `JOIN`, and what then stands
between two line ends is a logical line. Nothing is guessed: when something is out of the ordinary
(a quote in a quote in an f-string, say), the answer is None and somebody else has to read the
tokens.
"""

from __future__ import annotations

import re
import sys

JOIN = "\x01"  # no character of a program outside its strings and comments

# Possessive: nothing is tried twice. Groups of that kind match wrongly up to 3.11.4
# (https://github.com/python/cpython/issues/106052); others take more memory.
_ONCE = "*+" if sys.version_info >= (3, 11, 5) else "*"

# Comments and strings, from the "#" or the quote on. There is one way only to match each.
_QUIET = re.compile(
    r"#[^\n]*+"
    rf'|"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+){_ONCE}"""'
    rf"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+){_ONCE}'''"
    rf'|"[^"\\\n]*+(?:\\.[^"\\\n]*+){_ONCE}"'
    rf"|'[^'\\\n]*+(?:\\.[^'\\\n]*+){_ONCE}'",
    re.DOTALL,
)

# f-strings in which no quote can be mistaken for the last one: in their fields there are only
# short strings with other quotes, and no braces in those. Atomic: read in one way only.
_FIELD = r"\{{(?>[^\"'{{}}#\\{n}]++|{strings}|\{{[^\"'{{}}#\\{n}]*+\}})*+\}}"
_PLAIN = r"(?>\{{\{{|\}}\}}|[^{q}\\{{}}{n}]++|\\N\{{[^{{}}\"'\n]*+\}}|\\[^{{}}]|{field}{more})*+"
_SHORT = {"'": r"'[^'\"{{}}\\\n]*+'", '"': r"\"[^'\"{{}}\\\n]*+\""}


def _formatted(quote: str) -> re.Pattern[str]:
    mark, triple = quote[0], len(quote) == 3
    other = "'" if mark == '"' else '"'
    short = [_SHORT[other], _SHORT[mark]] if triple else [_SHORT[other]]
    newline = "" if triple else r"\n"
    field = _FIELD.format(strings="|".join(short).format(), n=newline)
    more = f"|{mark}(?!{mark * 2})" if triple else ""
    body = _PLAIN.format(q=mark, n=newline, field=field, more=more)
    return re.compile(f"{quote}{body}{quote}", re.DOTALL)


_FORMATTED = {quote: _formatted(quote) for quote in ('"""', "'''", '"', "'")}
_HAS_FIELDS = "fFtT" if sys.version_info >= (3, 12) else ""  # before, f-strings are just strings

_FLAT = re.compile(rf"[(\[{{][^()\[\]{{}}\n{JOIN}]*+[)\]}}]")
_DEEP = re.compile(r"[(\[{][^()\[\]{}]*+[)\]}]")
_LEFT_OVER = re.compile(r"[()\[\]{}\"'\\]")


def logical_texts(text: str) -> list[str] | None:
    """What is left of each logical line, blank ones included, `JOIN` for each line it goes on.

    `text` compiles and ends with a line end. None: it cannot be told this way.
    """
    code = _without_strings(text)
    if code is None:
        return None
    code = _without_brackets(code.replace("\\\n", JOIN))
    if _LEFT_OVER.search(code):
        return None
    lines = code.split("\n")
    lines.pop()
    for line in lines:
        if JOIN in line and (line.lstrip()[:1] == JOIN or line.rstrip()[-1:] == JOIN):
            return None  # a backslash next to nothing
    return lines


def _without_strings(text: str) -> str | None:
    pieces = []
    end = 0
    for found in _QUIET.finditer(text):
        start = found.start()
        pieces.append(text[end:start])
        end = found.end()
        if text[start] == "#":
            continue
        pieces.append("s")
        if _may_have_fields(text, start) and not _is_plain(text, start, end):
            return None
        lines = text.count("\n", start, end)
        if lines:
            pieces.append(JOIN * lines + "s")
    pieces.append(text[end:])
    return "".join(pieces)


def _may_have_fields(text: str, start: int) -> bool:
    """Whether the letters before a quote could make it an f-string."""
    before = text[max(0, start - 2) : start]
    return any(mark in before for mark in _HAS_FIELDS)


def _is_plain(text: str, start: int, end: int) -> bool:
    mark = text[start]
    quote = mark * 3 if text.startswith(mark * 3, start) and end - start > 2 else mark
    found = _FORMATTED[quote].match(text, start)
    return found is not None and found.end() == end


def _without_brackets(code: str) -> str:
    while True:
        count = 1
        while count:
            code, count = _FLAT.subn("b", code)
        code, count = _DEEP.subn(_joined, code)
        if not count:
            return code


def _joined(found: re.Match[str]) -> str:
    inside = found.group()
    lines = inside.count("\n") + inside.count(JOIN)
    return f"b{JOIN * lines}b"
