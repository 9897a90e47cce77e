"""The way in where no hook can run: arm first, then run the program as Python itself would.

`cov run` uses it for interpreters without `site` (-S) or without an installed hook. What is
imported here stays in the program's process, so it is what `python -m` and `python DIR` load
anyway. The command line is: how (`file` or `module`), the program, its arguments.
"""

import os
import runpy
import sys
from importlib.machinery import SourceFileLoader, SourcelessFileLoader

from cov_cli.measured import session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, TracebackType

_COMMAND = "import sys; sys.path += {0!r}; from cov_cli.bootstrap import main; main({1})"

# A zip archive ends with this record, at most 65535 bytes of comment before the end.
_ARCHIVE_END, _ARCHIVE_REACH = b"PK\x05\x06", 65557


def command(places: "list[str]") -> str:
    """What `python -c` needs to come to `main`: `places` are directories to import cov from."""
    return _COMMAND.format(places, len(places))


def main(extra: int) -> None:
    """Run the program that sys.argv names. The last `extra` entries of sys.path are ours."""
    how, program, *arguments = sys.argv[1:]
    session.start()
    del sys.path[len(sys.path) - extra :]
    if not sys.flags.safe_path and sys.path and sys.path[0] == "":
        del sys.path[0]  # `-c` put it there
    sys.argv[:] = [program, *arguments]
    try:
        _run(how, program)
    except SystemExit:
        raise
    except BaseException as error:
        _report_without_us(error)


def _run(how: str, program: str) -> None:
    safe = sys.flags.safe_path
    if how == "module":
        if not safe:
            sys.path.insert(0, os.getcwd())
        _run_module(program, found_by_name=True)
    elif os.path.isdir(program) or _is_archive(program):
        sys.path.insert(0, _absolute(program))
        _run_module("__main__", found_by_name=False)
    else:
        if not safe:
            sys.path.insert(0, os.path.dirname(os.path.realpath(program)))
        _run_file(_absolute(program))


def _absolute(program: str) -> str:
    """As Python makes its own argument absolute: with nothing resolved."""
    if os.path.isabs(program):
        return program
    program = program.removeprefix("." + os.sep)
    return os.getcwd() if program in (".", "") else os.path.join(os.getcwd(), program)


def _run_module(name: str, *, found_by_name: bool) -> None:
    # What `python -m` and `python DIR` call themselves.
    runpy._run_module_as_main(name, alter_argv=found_by_name)  # type: ignore[attr-defined]


def _is_archive(program: str) -> bool:
    with open(program, "rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - _ARCHIVE_REACH))
        return _ARCHIVE_END in file.read()


def _run_file(program: str) -> None:
    compiled = program.endswith(".pyc")
    loader = (SourcelessFileLoader if compiled else SourceFileLoader)("__main__", program)
    names = vars(sys.modules["__main__"])
    names.clear()
    names.update(
        __name__="__main__",
        __doc__=None,
        __package__=None,
        __loader__=loader,
        __spec__=None,
        __builtins__=sys.modules["builtins"],
        __file__=program,
        __cached__=None,
    )
    exec(_code(loader, program), names)


def _code(loader: "SourceFileLoader | SourcelessFileLoader", program: str) -> "CodeType":
    try:
        if isinstance(loader, SourceFileLoader):
            return loader.source_to_code(loader.get_data(program), program)
        code = loader.get_code("__main__")
        assert code is not None
        return code
    except SyntaxError as error:
        raise error.with_traceback(None) from None


def _report_without_us(error: BaseException) -> None:
    """Tell of the exception as if the frames above the program's own, which are ours, were not."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    hook = sys.excepthook
    if not isinstance(error, KeyboardInterrupt):
        hook(type(error), error.with_traceback(trace), trace)
        raise SystemExit(1) from None

    def without_us(
        kind: "type[BaseException]", value: BaseException, _: "TracebackType | None"
    ) -> None:
        hook(kind, value.with_traceback(trace), trace)

    sys.excepthook = without_us
    raise error  # Python ends the process by the signal
