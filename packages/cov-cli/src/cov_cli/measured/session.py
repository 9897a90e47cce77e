"""One measurement of one process: settings become a journal and a tracer.

`start` is the hook: what cov_startup.pth calls in every Python that starts with settings around.
"""

import os
import sys

import cov_tracer
from cov_cli.measured.selection import LIBRARY, Selection
from cov_cli.measured.settings import MODES, SUBPROCESS, VARIABLE, unpack
from cov_tracer._tracer import (
    MAIN_INTERPRETER,
    at_end,
    at_signal,
    follow_processes,
    follow_settrace,
    follow_threads,
    follow_tool_ids,
    keep_ledger,
    record,
    unfollow_processes,
    unfollow_settrace,
    unfollow_threads,
    unfollow_tool_ids,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from cov_cli.measured.settings import Settings

# The word behind the settings of the command that saves the data, if the program has ended.
ENDED = "ended"

# Keys of INFO records: docs/formats/journal.md
ARGV, PYTHON, EXECUTABLE, HOST, CWD, DATA_FILE, CORE, SETTINGS = 1, 3, 4, 5, 6, 7, 8, 10


class Session:
    """Measures this process from `start` on. `core` tells with what: sysmon, ctrace or pytrace.

    `packed` are the same settings as a text, for whoever has it.
    """

    def __init__(self, settings: "Settings", packed: str = "") -> None:
        self.settings = settings
        self._packed = packed or settings.pack()
        self.core = settings.core or cov_tracer.CORE
        # From outside, threads enter an interpreter as they like: trace functions would miss them.
        if self.core == "sysmon" or not MAIN_INTERPRETER:
            self.core = cov_tracer.CORE
        self.journal = self._journal()
        self.tracer: cov_tracer.Tracer | cov_tracer.PyTracer = self._tracer()
        self._undo: list[Callable[[], None]] = []

    def _journal(self) -> "cov_tracer.Journal":
        settings = self.settings
        host = _host()
        infos = [(ARGV, argument) for argument in sys.argv]
        infos += [
            (PYTHON, sys.version.split()[0]),
            (EXECUTABLE, sys.executable or ""),
            (HOST, host),
            (CWD, settings.cwd),
            (DATA_FILE, settings.data_file),
            (CORE, self.core),
            (SETTINGS, self._packed),
        ]
        return cov_tracer.Journal(
            _beside(settings),
            host=host,
            run=bytes.fromhex(settings.run),
            created=settings.created,
            branch=settings.branch,
            mode=MODES.index(settings.mode),
            context=settings.context,
            info=infos,
        )

    def _tracer(self) -> "cov_tracer.Tracer | cov_tracer.PyTracer":
        decide = Selection(self.settings).decide
        branch = self.settings.branch
        if self.core == "pytrace":
            return cov_tracer.PyTracer(self.journal, decide, branch=branch)
        return cov_tracer.Tracer(self.journal, decide, branch=branch, core=self.core)

    def start(self) -> None:
        """Measure. Falls back to the C trace function if every monitoring tool id is taken."""
        try:
            self._follow()  # first of all, since work of ours takes longer while it is traced
            self._start_tracer()
        except Exception:
            self._unfollow()
            raise

    def _start_tracer(self) -> None:
        if self.core == "ctrace":
            self._follow_threads()
        try:
            self.tracer.start()
        except cov_tracer.TracerError:
            self.core = "ctrace"
            self.journal = self._journal()
            self.tracer = self._tracer()
            self._follow_threads()
            self.tracer.start()
        if self.core == "pytrace":
            self._follow_threads()
        elif self.core == "sysmon" and isinstance(self.tracer, cov_tracer.Tracer):
            follow_tool_ids(self.tracer, self._follow_threads)
            self._undo.append(unfollow_tool_ids)

    def _follow_threads(self) -> None:
        """Each thread has its own trace function, which the program may set, too."""
        follow_threads(self.tracer)
        self._undo.append(unfollow_threads)
        follow_settrace(self.journal, getattr(self.tracer, "function", self.tracer))
        self._undo.append(unfollow_settrace)

    def _follow(self) -> None:
        """Have the processes measured that this one starts, and told to the ledger."""
        settings = self.settings
        if SUBPROCESS not in settings.follow:
            os.environ.pop(VARIABLE, None)
        if settings.follow:
            follow_processes(f"{VARIABLE}={self._packed}", LIBRARY, settings.follow)
            self._undo.append(unfollow_processes)

    def stop(self) -> None:
        """Measure no more, and undo what `start` did to the process."""
        self._unfollow()
        self.tracer.stop()

    def _unfollow(self) -> None:
        while self._undo:
            self._undo.pop()()

    def follow_to_the_end(self) -> None:
        """Stay until the interpreter has ended, shutdown code included; then finish the journal.

        The process that `cov run` became has its data saved after that. Ends and signals belong
        to a process: interpreters that are made in it later leave both alone.
        """
        if not MAIN_INTERPRETER:
            return
        settings = self.settings
        top = settings.top == os.getpid()
        if not settings.seal or not (top or settings.save_signal):
            at_end([])
            return
        command = [os.fsencode(word) for word in (*settings.seal, self._packed)]
        ending = [*command, *map(os.fsencode, self._last_words())] if top else []
        at_end(ending)
        if settings.save_signal:
            at_signal(settings.save_signal, command, False)
        if settings.sigterm and top:
            at_signal("TERM", ending, True)

    def _last_words(self) -> "list[str]":
        """What the command that saves the data is told when the program has ended: so much, and
        which files were imported too early to be measured.
        """
        settings = self.settings
        if not settings.warn:
            return []
        chosen = settings.source_dirs or settings.packages or settings.include
        return [ENDED, *(Selection(settings).imported() if chosen else ())]


def _beside(settings: "Settings") -> str:
    """What the names of all files begin with that this host's processes write."""
    return f"{settings.data_file}.{_host().replace('.', '_')}"


def _tell(settings: "Settings", kind: str, *fields: "tuple[str, str]") -> None:
    """Tell the ledger of this process: docs/formats/ledger.md."""
    if not settings.follow:
        return  # Nobody is followed, so nobody is missed.
    if MAIN_INTERPRETER:
        keep_ledger(f"{_beside(settings)}.{settings.run}.cov-ledger-journal")
    words = [("argv", word) for word in sys.orig_argv]
    if settings.top == os.getpid() and MAIN_INTERPRETER:
        about = [("run", settings.run), ("created", str(settings.created))]
        about += [("mode", settings.mode), ("data_file", settings.data_file)]
        about += [("cwd", settings.cwd), ("host", _host()), *words]
        record("run", [*about, ("settings", settings.pack())])
    version = sys.version.split()[0]
    record(kind, [*fields, ("executable", sys.executable or ""), ("python", version), *words])


def _host() -> str:
    if os.name == "nt":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


# In a virtual environment `site` runs each .pth file twice.
_session: "Session | None" = None


def running() -> "Session | None":
    """The session that measures this process."""
    return _session


def end() -> None:
    """Measure this process no more; `start` may begin anew."""
    global _session
    if _session is not None:
        _session.stop()
        _session = None


def start() -> "Session | None":
    """Measure this process if the environment says so. Never raises, never prints."""
    global _session
    text = os.environ.get(VARIABLE)
    if not text or _session is not None:
        return _session
    try:
        _session = _armed(unpack(text), text)
    except Exception:
        pass  # not measured; the process itself stays silent
    return _session


def _armed(settings: "Settings", packed: str) -> "Session":
    try:
        session = Session(settings, packed)
        session.start()
        session.follow_to_the_end()
    except Exception as error:
        _tell(settings, "failed", ("reason", f"{type(error).__name__}: {error}"))
        raise
    how = "hook" if MAIN_INTERPRETER else "interpreter"
    _tell(settings, "armed", ("how", how), ("core", session.core))
    return session
