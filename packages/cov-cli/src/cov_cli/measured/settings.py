"""The few settings a measured process needs, to and from one environment variable.

The text is made of lines `name=value`, the first of which is the version; items of a list are
separated by tabs. Backslash, newline and tab inside values are escaped with a backslash. It is
documented in docs/formats/settings.md.
"""

VARIABLE = "COV_SETTINGS"
VERSION = "1"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FRESH, APPEND, PARALLEL = "fresh", "append", "parallel"
MODES = (FRESH, APPEND, PARALLEL)

# What the name of a source package stands for, as far as can be known without an import.
PYTHON, NOT_PYTHON, NOWHERE = "python", "not python", "nowhere"

# Ways of starting and ending processes that can be followed, by the names coverage.py gave them.
SUBPROCESS, EXECV, FORK, EXIT = WAYS = "subprocess", "execv", "fork", "_exit"


class Settings:
    """What `cov run` decided, as every process of the run knows it.

    Paths are absolute. `run` is 32 hex digits; `created` nanoseconds since 1970, when the run
    began. `core` is empty for the best one. `packages` are the source packages, each of them fields
    (`pack_fields`): its name, what it is (PYTHON, NOT_PYTHON or NOWHERE), the setting that names
    it, and the directories and files that it lies in, for those who look for files that never ran.
    `warn` are the slugs of what may be said when process `top` has ended; `program` is the file
    that it runs, empty if that is not known. `follow` are the WAYS in which processes that the
    measured one starts are followed. `seal` is the command that saves the data at the end of
    process `top`, the one `cov run` became; 0 if there is none. With `sigterm` it does so at
    SIGTERM, too, and in every process at `save_signal`: USR1, USR2 or none.
    """

    def __init__(
        self,
        *,
        data_file: str,
        run: str,
        created: int,
        mode: str = FRESH,
        branch: bool = False,
        core: str = "",
        context: str = "",
        cwd: str = "",
        source_dirs: "Sequence[str]" = (),
        packages: "Sequence[str]" = (),
        warn: "Sequence[str]" = (),
        include: "Sequence[str]" = (),
        omit: "Sequence[str]" = (),
        pylib: bool = False,
        relative: bool = False,
        namespaces: bool = False,
        follow: "Sequence[str]" = WAYS,
        program: str = "",
        top: int = 0,
        seal: "Sequence[str]" = (),
        sigterm: bool = False,
        save_signal: str = "",
    ) -> None:
        self.data_file = data_file
        self.run = run
        self.created = created
        self.mode = mode
        self.branch = branch
        self.core = core
        self.context = context
        self.cwd = cwd
        self.source_dirs = list(source_dirs)
        self.packages = list(packages)
        self.warn = list(warn)
        self.include = list(include)
        self.omit = list(omit)
        self.pylib = pylib
        self.relative = relative
        self.namespaces = namespaces
        self.follow = list(follow)
        self.program = program
        self.top = top
        self.seal = list(seal)
        self.sigterm = sigterm
        self.save_signal = save_signal

    def package_names(self) -> "list[str]":
        """The names of the source packages, as imports have them."""
        return [unpack_fields(package)[0] for package in self.packages]

    def pack(self) -> str:
        """The text that `unpack` reads."""
        lines = [VERSION]
        for name, value in vars(self).items():
            if isinstance(value, list):
                text = pack_fields(value)
            elif isinstance(value, bool):
                text = "1" if value else ""
            else:
                text = _escape(str(value))
            lines.append(f"{name}={text}")
        return "\n".join(lines)


def unpack(text: str) -> Settings:
    """The settings in a text that `Settings.pack` made, by this or a later version.

    Names that are not known are passed over. Raises ValueError if there is no sense in it.
    """
    version, *lines = text.split("\n")
    settings = Settings(data_file="", run="", created=0)
    values = vars(settings)
    for line in lines:
        name, _, value = line.partition("=")
        default = values.get(name)
        if isinstance(default, str):
            values[name] = _unescape(value)
        elif isinstance(default, list):
            values[name] = unpack_fields(value) if value else []
        elif isinstance(default, bool):
            values[name] = value == "1"
        elif isinstance(default, int):
            values[name] = int(value)
    if version != VERSION or not settings.data_file or len(settings.run) != 32:
        raise ValueError("not settings of this version")
    return settings


def pack_fields(fields: "Sequence[str]") -> str:
    """Texts as one text, with a tab between two of them."""
    return "\t".join(map(_escape, fields))


def unpack_fields(text: str) -> "list[str]":
    """The texts in one that `pack_fields` made of one or more."""
    return [_unescape(field) for field in text.split("\t")]


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace("\\t", "\t") for part in parts)
