"""What must not be in the repository: places of one machine, hosts that serve packages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = (".ci", "benchmarks", "docs", "packages", "tests", "tools")
MADE = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
# Written in two halves, or this file would break its own rule.
FORBIDDEN = [
    "py" + "pi.org",
    "python" + "hosted",
    "npm" + "js.",
    "/work" + "/main",
    "/work" + "/shared",
    "/root" + "/",
    "/opt" + "/python",
]


def texts() -> Iterator[Path]:
    """The files of the project that hold text: the root's own, and all in its folders."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".coverage")
    for part in PARTS:
        yield from (
            path
            for path in (ROOT / part).rglob("*")
            if path.is_file() and not MADE.intersection(path.parts)
        )


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_file_names_a_place_that_only_some_machine_knows(word: str) -> None:
    found = [str(p.relative_to(ROOT)) for p in texts() if word.encode() in p.read_bytes()]
    assert found == []
