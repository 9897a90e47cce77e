"""Run sample programs under coverage.py, and print its reports on them as one JSON object.

    COVERAGE_CORE=... python say_of_coverage.py FOLDER < PATHS

The value of a path is the file's part of the JSON report, or None where it reports an error or
fails.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import coverage
from coverage.exceptions import CoverageException


def say(path: str, target: Path) -> object:
    code = compile(Path(path).read_bytes(), path, "exec", dont_inherit=True)
    cov = coverage.Coverage(data_file=None, branch=True, config_file=False, include=[path])
    cov.start()
    try:
        exec(code, {"__name__": "__main__", "__file__": path})
    finally:
        cov.stop()
    try:
        cov.json_report(outfile=str(target))
    except (CoverageException, AssertionError):
        return None
    (found,) = json.loads(target.read_text())["files"].values()
    return found


def main(folder: str) -> None:
    warnings.simplefilter("ignore")
    target = Path(folder, "report.json")
    print(json.dumps({path: say(path, target) for path in sys.stdin.read().splitlines()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
