from collections.abc import Callable

def decode(
    data: bytes | memoryview,
    begin: int,
    end: int,
    swapped: bool,
    whole: bool,
    other: Callable[[int], tuple[int, int]],
    /,
) -> tuple[dict[int, tuple[bytes, bytes]], int]: ...
def read_arcs(data: bytes | memoryview, root: int, /) -> dict[tuple[int, int], bytes] | None: ...
def settle(lines: bytes, jumps: bytes, /) -> tuple[bytes, bytes]: ...
def unite(one: bytes, other: bytes, /) -> bytes: ...
