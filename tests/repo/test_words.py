"""What must not be in the repository: places of one machine, hosts that serve packages."""

from __future__ import annotations

import pytest

from .tree import ROOT, files

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


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_file_names_a_place_that_only_some_machine_knows(word: str) -> None:
    assert len(files()) > 100
    found = [str(p.relative_to(ROOT)) for p in files() if word.encode() in p.read_bytes()]
    assert found == []
