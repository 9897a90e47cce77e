"""``$NAME`` in settings is replaced from the environment (SYN-08, SYN-09). Pure."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

_VARIABLE = r"""(?x)
    \$ (?: (?P<dollar> \$)
         | (?P<plain> \w+)
         | \{ (?P<braced> \w+) (?: (?P<required> \?) | - (?P<otherwise> [^}]*) )? \} )"""


def substitute(text: str, variables: Mapping[str, str]) -> str:
    """Replace ``$NAME``, ``${NAME}``, ``${NAME?}``, ``${NAME-text}`` and ``$$`` in `text`.

    An undefined variable becomes nothing, or the text after its dash. Raises ValueError, with the
    variable's name and the whole text, for an undefined one marked with a question mark.
    """
    if "$" not in text:
        return text
    import re  # only where there is something to replace: it costs milliseconds

    def replacement(match: re.Match[str]) -> str:
        if match["dollar"]:
            return "$"
        name = match["plain"] or match["braced"]
        if name in variables:
            return variables[name]
        if match["required"]:
            raise ValueError(f"environment variable {name} is not defined: {text!r}")
        return match["otherwise"] or ""

    return re.sub(_VARIABLE, replacement, text)
