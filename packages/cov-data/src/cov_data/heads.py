"""The first bytes of a file, which tell what it is."""

from __future__ import annotations

import os

from .errors import NotData, Unreadable


def head(
    path: str | os.PathLike[str], size: int, missing: str = "cannot be read: there is no such file"
) -> bytes:
    """Up to `size` bytes. `missing` is what to say of a file that is not there.

    Raises NotData for what is no file, Unreadable if it is not there or cannot be read.
    """
    name = os.fspath(path)
    if os.path.exists(name) and not os.path.isfile(name):
        raise NotData(f"{name} is no file")  # a pipe would keep us waiting
    try:
        with open(name, "rb", buffering=0) as file:  # a buffer would be filled with much more
            return file.read(size)
    except FileNotFoundError:
        raise Unreadable(f"{name} {missing}", name) from None
    except OSError as error:
        raise Unreadable(f"{name} cannot be read: {error.strerror or error}", name) from error
