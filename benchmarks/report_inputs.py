"""python report_inputs.py PACKAGE FILE KIND: a data file about the sources of an installed package.

KIND is `lines` or `branches`. Four of five statements ran, and most of the ways out of those.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

from cov_analysis import Source, analyze
from cov_data import FileRecord, Writer


def sources(package: str) -> list[Path]:
    found = importlib.util.find_spec(package)
    assert found is not None and found.origin is not None
    return sorted(Path(found.origin).parent.rglob("*.py"))


def main(package: str, file: Path, branch: bool) -> None:
    dice = random.Random(4)
    with Writer(file) as writer:
        for path in sources(package):
            facts = analyze(Source.read(path))
            lines = frozenset(line for line in sorted(facts.statements) if dice.random() < 0.8)
            arcs = frozenset(
                arc for arc in sorted(facts.arcs) if arc[0] in lines and dice.random() < 0.85
            )
            if branch:
                writer.add(FileRecord(str(path), "", frozenset(), arcs))
            else:
                writer.add(FileRecord(str(path), "", lines, None))
        writer.commit()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3] == "branches")
