"""One file per process: its name, and finding the files again."""

from __future__ import annotations

import os

from .liveness import host_name, process_runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    StrPath = str | os.PathLike[str]

# They end in what other tools that look for data files pass over.
JOURNAL_SUFFIX = ".cov-journal"
LEDGER_SUFFIX = ".cov-ledger-journal"

# What ends so is nobody's data: SQLite's rollback journals, and our own unfinished files, which
# therefore match the ignore patterns people have for `.coverage.*` but are no input of a combine.
PASSED_OVER_SUFFIX = "-journal"
_UNFINISHED_SUFFIX = f".tmp{PASSED_OVER_SUFFIX}"

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def data_file_name(
    base: StrPath, *, pid: int | None = None, digest: str = "", suffix: str | None = None
) -> str:
    """The name of one process's data file beside `base`.

    `<base>.<host>.pid<pid>.X<6 random letters>x`, with `.H<digest>h` if there is a digest of the
    content (10 characters), or `<base>.<suffix>` if a suffix is given. `pid` is ours by default.
    """
    if suffix is not None:
        return f"{os.fspath(base)}.{suffix}"
    number = os.getpid() if pid is None else pid
    name = f"{os.fspath(base)}.{host_part()}.pid{number}.X{random_part()}x"
    return f"{name}.H{digest}h" if digest else name


def temporary_name(target: str) -> str:
    """A new name beside `target` for a file that is not finished yet; no combine takes it."""
    return f"{data_file_name(target)}{_UNFINISHED_SUFFIX}"


def remove_unfinished(target: str) -> None:
    """Remove what killed processes of this host left behind while they wrote `target`.

    So too journals that are blank: their processes died before they wrote a thing into them.
    """
    directory, name = os.path.split(target)
    begin = f"{name}.{host_part()}.pid"
    suffixes = (_UNFINISHED_SUFFIX, JOURNAL_SUFFIX)
    try:
        found = [n for n in os.listdir(directory) if n.startswith(begin) and n.endswith(suffixes)]
    except OSError:
        return
    for leftover in found:
        path = os.path.join(directory, leftover)
        pid = leftover[len(begin) :].partition(".")[0]
        blank = not leftover.endswith(JOURNAL_SUFFIX) or _is_blank(path)
        if blank and pid.isdigit() and process_runs(int(pid), 0) is False:
            try:
                os.unlink(path)
            except OSError:
                pass  # It does no harm, and the next one tries again.


def _is_blank(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return not any(file.read(8))
    except OSError:
        return False


def host_part() -> str:
    """This host's name in the form it has in file names."""
    return host_name().replace(".", "_").replace("/", "_")


def random_part() -> str:
    """Six letters or digits that no other process will draw."""
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in os.urandom(6))


def digest_part(digest: str) -> str:
    """Ten letters or digits for a content hash (hex), as file names have it after `.H`."""
    from binascii import b2a_base64

    return b2a_base64(bytes.fromhex(digest)).decode("ascii").translate({43: 48, 47: 49})[:10]


def digest_in_name(name: str) -> str:
    """The content digest in a data file's name, "" if there is none."""
    last = name.rpartition(".")[2]
    return last[1:-1] if len(last) == 12 and last[0] == "H" and last[-1] == "h" else ""


def siblings(base: str) -> list[str]:
    """The files named `<base>.*`, sorted, but for `base` itself and unfinished files.

    [] if the directory cannot be read. What they are is for their first bytes to tell.
    """
    directory, name = os.path.split(os.path.abspath(base))
    found = []
    try:
        with os.scandir(directory) as entries:
            for entry in entries:
                if entry.name.startswith(name + ".") and _may_be_data(entry):
                    found.append(os.path.join(directory, entry.name))
    except OSError:
        return []
    return sorted(found)


def _may_be_data(entry: os.DirEntry[str]) -> bool:
    ours = (JOURNAL_SUFFIX, LEDGER_SUFFIX)
    if entry.name.endswith(PASSED_OVER_SUFFIX) and not entry.name.endswith(ours):
        return False
    try:
        return entry.is_file()
    except OSError:
        return False


def find_data_files(base: Path) -> list[Path]:
    """The siblings of a data file that a combine would look at: `<base>.*`, sorted.

    `base` need not exist; for another directory's files pass `directory / base.name`. Names ending
    in `-journal` are left out unless they are our journals or ledgers. Never raises.
    """
    from pathlib import Path

    return [Path(path) for path in siblings(os.fspath(base))]
