"""Reading ledgers: who started which process, which of them are measured, and how they ended.

docs/formats/ledger.md is the format. All processes of a run append to one file, some of them while
it is read, some while they die, some onto a full disk. So nothing inside it makes reading fail:
a line that is not whole is passed over and counted, and no record is ever made up.

What a ledger says goes into a data file as rows of text, one a record, which are the same whoever
reads them, so that joining is a union of sets.
"""

from __future__ import annotations

import os

from .errors import DataError, NotData
from .liveness import host_name, host_token, process_runs, written_lately
from .naming import LEDGER_SUFFIX, host_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAGIC = b"cov1\t"

_MODES = ("fresh", "append", "parallel")
_ESCAPES = {"t": "\t", "n": "\n"}


class LedgerRecord:
    """What one process said at one moment. `values` has the values of each key, in order.

    `run` (hex) and `host` (its name as in file names, dots replaced) tell which processes may know
    one another.
    """

    __slots__ = ("host", "kind", "run", "values")

    def __init__(self, run: str, host: str, kind: str, values: dict[str, list[str]]) -> None:
        self.run = run
        self.host = host
        self.kind = kind
        self.values = values

    def text(self, key: str) -> str:
        """The (first) value of a key, "" if it has none."""
        return self.values.get(key, [""])[0]

    def number(self, key: str) -> int:
        """The value of a key as a number, 0 if it is none."""
        return _number(self.text(key))


class LedgerReader:
    """The ledger of one run. Opening reads it.

    Raises DataError if the file cannot be read, NotData if it has no record at all and is not named
    like a ledger either. Never raises for what is inside.

    Attributes: `run` (hex); `created_ns` (when the run began, in ns since 1970) and `mode`
    ("fresh", "append" or "parallel"), which are 0 and "parallel" if the record that tells is
    missing; `host` (a number, as in journals); `live`: as of opening, a measured process of the run
    still ran. `problems` are sentences about what was passed over.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self.place, label, self.run = _parts_of_name(os.path.basename(self.path))
        named_so = bool(self.run)
        data = self._read()
        self._label = label
        self._take(data)
        if not named_so and not self._texts:
            raise NotData(f"{self.path} is not a ledger")
        self.live = self.is_live()
        # What a process wrote between the look at the file and the look at the process counts too.
        while not self.live and (now := self._read()) != data:
            data = now
            self._take(data)
            self.live = self.is_live()

    def _read(self) -> bytes:
        try:
            with open(self.path, "rb") as file:
                return file.read()
        except OSError as error:
            raise DataError(f"{self.path} cannot be read: {error.strerror or error}") from error

    def _take(self, data: bytes) -> None:
        self._texts, damaged = _whole_records(data)
        self.problems = []
        if damaged:
            self.problems.append(f"{damaged} damaged lines were passed over")
        told = next((values for kind, values in self._kinds("run")), {})
        self.run = told.get("run", [self.run])[0]
        self.created_ns = _number(told.get("created", ["0"])[0])
        mode = told.get("mode", [""])[0]
        self.mode = mode if mode in _MODES and self.created_ns else "parallel"
        host = told.get("host", [""])[0]
        self.host_label = host.replace(".", "_").replace("/", "_") or self._label
        ours = not host and self.host_label == host_part()
        self.host = host_token(host_name() if ours else host or self._label)
        self.info = {key: told[key] for key in ("data_file", "settings") if key in told}
        if "cut" in told:
            self.info.pop("settings", None)  # half of them would be others

    def _kinds(self, *kinds: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """The records of some kinds, in the order of the file."""
        for text in self._texts:
            kind, _, rest = text.partition("\t")
            if kind in kinds:
                yield kind, _values(rest)

    def is_local(self) -> bool:
        """Whether processes of this host wrote it."""
        return self.host == host_token()

    def is_troubled(self) -> bool:
        """Whether a process told that something is not known of it."""
        return any(True for _ in self._kinds("trouble"))

    def is_live(self) -> bool:
        """Whether a measured process of the run may still run, and write. Never raises.

        Where that cannot be known (another host's ledger, or Windows) it is thought to if one has
        not told of its end and the file was written to within the last minute.
        """
        running: dict[int, int] = {}  # pid -> start token; the order of the file is that of time
        for kind, values in self._kinds("armed", "ended"):
            pid = _number(values.get("pid", [""])[0])
            if kind == "armed":
                running[pid] = _number(values.get("start", [""])[0])
            else:
                running.pop(pid, None)
        if not self.is_local():
            return bool(running) and written_lately(self.path)
        states = {process_runs(pid, start) for pid, start in running.items()}
        return True in states or (None in states and written_lately(self.path))

    def adopt(self, created_ns: int, mode: str) -> None:
        """Take over what a journal of the same run says, if the ledger's own record is missing."""
        if not self.created_ns:
            self.created_ns, self.mode = created_ns, mode

    def rows(self) -> list[str]:
        """The records as a data file keeps them: `run TAB host TAB kind TAB key=value …`."""
        begin = f"{_escaped(self.run)}\t{_escaped(self.host_label)}\t"
        return [begin + _storable(text) for text in self._texts]

    def records(self) -> list[LedgerRecord]:
        """The records, in the order of the file."""
        return parse_rows(self.rows())


def find_ledgers(paths: Iterable[str]) -> list[LedgerReader]:
    """Those of the files that are named like ledgers and can be read."""
    found = []
    for path in paths:
        if path.endswith(LEDGER_SUFFIX):
            try:
                found.append(LedgerReader(path))
            except DataError:
                pass  # gone meanwhile, or somebody else's
    return found


def parse_rows(rows: Iterable[str]) -> list[LedgerRecord]:
    """Rows of a data file's ledger as records. What is no row is passed over."""
    records = []
    for row in rows:
        run, _, rest = row.partition("\t")
        host, _, rest = rest.partition("\t")
        kind, _, rest = rest.partition("\t")
        if kind:
            records.append(LedgerRecord(_plain(run), _plain(host), kind, _values(rest)))
    return records


def _parts_of_name(name: str) -> tuple[str, str, str]:
    """What a ledger's name tells: data file and host together, host, run; "" if it is no ledger's.

    The name is `<data file>.<host>.<run>` and the suffix; neither host nor run have dots in them.
    """
    place, _, run = name.removesuffix(LEDGER_SUFFIX).rpartition(".")
    is_run = len(run) == 32 and all(letter in "0123456789abcdef" for letter in run)
    if not name.endswith(LEDGER_SUFFIX) or not is_run:
        return name, "", ""
    return place, place.rpartition(".")[2], run


def _whole_records(data: bytes) -> tuple[list[str], int]:
    """The text of each record that is whole, from its kind on, and how many lines had none."""
    records = []
    damaged = 0
    for line in data.split(b"\n"):
        # A line that was cut (the disk was full) has the next one right behind it.
        begin = line.rfind(MAGIC)
        body = _checked(line[begin + len(MAGIC) :]) if begin >= 0 else None
        if body is not None:
            records.append(_text(body))
        if line and (body is None or begin > 0):
            damaged += 1
    return records, damaged


def _checked(rest: bytes) -> bytes | None:
    """What stands behind the check, if the check is right."""
    check, tab, body = rest.partition(b"\t")
    total = sum(body) & 0xFFFFFFFF
    # Zeros, as a crash of the system leaves them, would not change the sum.
    if not tab or not body or b"\0" in body or check not in (b"%x" % total, b"%08x" % total):
        return None
    return body


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return body.decode("utf-8", "backslashreplace")


def _values(text: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for field in text.split("\t"):
        key, equals, value = field.partition("=")
        if equals:
            values.setdefault(key, []).append(_plain(value))
    return values


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else 0


def _plain(text: str) -> str:
    r"""Undo escapes: `\\`, `\t`, `\n`, and in rows `\udc80` for what no database can hold."""
    if "\\" not in text:
        return text
    first, *parts = text.split("\\")
    plain = [first]
    while parts:
        part = parts.pop(0)
        if part[:1] in _ESCAPES:
            plain.append(_ESCAPES[part[0]] + part[1:])
        elif not part and parts:  # two backslashes: the second one began the next part
            plain.append("\\" + parts.pop(0))
        elif part[:2] == "ud" and _is_hex(part[1:5]):
            plain.append(chr(int(part[1:5], 16)) + part[5:])
        else:
            plain.append("\\" + part)
    return "".join(plain)


def _is_hex(text: str) -> bool:
    return len(text) == 4 and all(letter in "0123456789abcdef" for letter in text)


def _escaped(text: str) -> str:
    return _storable(text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))


def _storable(text: str) -> str:
    """The same with lone surrogates, as undecodable names have them, written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
