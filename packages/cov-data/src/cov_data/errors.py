"""What can go wrong with data files.

Every message names the culprit, the place and a way out. `slug` is a short, stable name of the
kind of trouble, for manuals and for programs that must tell kinds apart.
"""


class DataError(Exception):
    """A data file cannot be read, written or combined. Nothing on disk was changed or deleted."""

    slug = "bad-data"


class NewerSchema(DataError):
    """A file was written in a newer format than this version of cov-data knows."""

    slug = "newer-schema"


class MixedKinds(DataError):
    """Data with branches cannot be merged with data that has only lines."""

    slug = "cant-combine"


class NotData(DataError):
    """A file is not coverage data at all: somebody else's, whatever its name says."""

    slug = "not-data"


class Unreadable(DataError):
    """A data file that is missing, not to be opened, or damaged. `path` is its name."""

    slug = "unreadable"

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path
