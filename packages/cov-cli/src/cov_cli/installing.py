"""How cov gets into an interpreter of another version, which needs a tracer of its own.

What is on an index today nobody knows here; where this cov was installed from, pip has noted.
"""

from __future__ import annotations

import json
import os
from importlib import metadata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from cov_cli._version import __version__
from cov_cli.errors import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

# Providers before consumers.
DISTRIBUTIONS = ("cov-tracer", "cov-data", "cov-analysis", "cov-report", "cov-cli")


def advice(executable: str, version: Sequence[int], origins: Sequence[str] | None = None) -> str:
    """What to do to have cov in an interpreter of a version (3, 14).

    `origins` are the files and directories that this cov was installed from, as `known_origins`
    gives them, which is the default: if all of them are good for that version, the command line.
    """
    places = known_origins() if origins is None else origins
    command = f"{shown(executable)} -m pip install"
    if len(places) == len(DISTRIBUTIONS) and not any(map(_is_compiled, places)):
        return " ".join([command, *map(shown, places)])
    wanted, tag = ".".join(map(str, version[:2])), "cp" + "".join(map(str, version[:2]))
    return (
        f"install cov-cli {__version__} there with {command}, from where it came here, and with it "
        f"a cov-tracer for Python {wanted}: its source, or a wheel named {tag}"
    )


def known_origins() -> list[str]:
    """The files and directories that this cov was installed from, as far as they are there."""
    return list(filter(os.path.exists, filter(None, map(_origin, DISTRIBUTIONS))))


def _origin(name: str) -> str:
    try:
        note = metadata.distribution(name).read_text("direct_url.json")
        url = urlsplit(json.loads(note or "{}").get("url", ""))
    except (metadata.PackageNotFoundError, ValueError, AttributeError):
        return ""
    return url2pathname(url.path) if url.scheme == "file" else ""


def _is_compiled(place: str) -> bool:
    """Whether it is a wheel for one version."""
    return place.endswith(".whl") and not place.endswith("-none-any.whl")
