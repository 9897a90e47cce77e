from collections.abc import Callable, Sequence
from types import CodeType, FrameType
from typing import Any, Final, TypeVar, final

_F = TypeVar("_F", bound=Callable[..., object])

CORE: Final[str]
__version__: Final[str]

UNIT_HANDLER: Final[int]
UNIT_WITH_HANDLER: Final[int]
UNIT_WITH_EXIT: Final[int]
UNIT_RAISE: Final[int]
UNIT_RERAISE: Final[int]
UNIT_YIELD: Final[int]
UNIT_RESUMED: Final[int]
UNIT_RETURN: Final[int]

def at_end(command: Sequence[bytes], /) -> None: ...
def code_units(code: CodeType, /) -> bytes: ...
def with_exits(code: CodeType, /) -> dict[int, int]: ...

@final
class Journal:
    def __new__(
        cls,
        prefix: str,
        /,
        *,
        host: str,
        run: bytes,
        created: int,
        branch: bool = False,
        mode: int = 0,
        context: str = "",
        info: Sequence[tuple[int, str]] = (),
    ) -> Journal: ...
    @property
    def path(self) -> str | None: ...
    @property
    def lost(self) -> int: ...
    def generation(self, /) -> int: ...
    def series(self, path: str, /) -> int: ...
    def line(self, series: int, line: int, /) -> None: ...
    def jump(self, series: int, start: int, to: int, /) -> None: ...
    def close(self, /) -> None: ...

@final
class Tracer:
    def __new__(
        cls,
        journal: Journal,
        decide: Callable[[str, FrameType], str | None],
        /,
        *,
        branch: bool = False,
        core: str = "sysmon",
    ) -> Tracer: ...
    @property
    def troubles(self) -> int: ...
    def start(self, /) -> None: ...
    def stop(self, /) -> None: ...
    def wrap(self, function: _F, /) -> _F: ...
    def __call__(self, frame: FrameType, event: str, arg: Any) -> Tracer: ...
