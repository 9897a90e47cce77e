"""What somebody may have meant who typed a name that there is not. Pure.

Not difflib: a process that measures itself reads settings, too, and is to load nothing for it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def suggestion(typed: str, known: Iterable[str]) -> str:
    """Words to be put behind a message: "; did you mean NAME?", or "" if none is near."""
    name = nearest(typed, known)
    return f"; did you mean {name}?" if name else ""


def nearest(typed: str, known: Iterable[str]) -> str:
    """The known name that is nearest to what was typed, "" if all of them are far.

    Near is: one mistake for every three letters, a swap of neighbours being one; or the beginning
    of just one name. Case, and dashes for underscores, do not count.
    """
    names = sorted(set(known))
    wanted = _plain(typed)
    ranked = sorted((_mistakes(wanted, _plain(name)), name) for name in names)
    if ranked and ranked[0][0] <= max(1, len(wanted.lstrip("_")) // 3):
        return ranked[0][1]
    begun = [name for name in names if len(wanted) > 1 and _plain(name).startswith(wanted)]
    return begun[0] if len(begun) == 1 else ""


def _plain(name: str) -> str:
    return name.lower().replace("-", "_")


def _mistakes(typed: str, name: str) -> int:
    """How many letters were added, left out, mistaken or swapped with their neighbours."""
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, letter in enumerate(typed, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(name, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == name[j - 2] and typed[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
