from collections.abc import Callable

def decode(
    data: bytes | bytearray | memoryview,
    begin: int,
    end: int,
    swapped: bool,
    total: int,
    texts: dict[bytes, tuple[int, str]],
    /,
) -> tuple[
    dict[int, tuple[str, str, bytes, bytes]],
    set[tuple[str, tuple[int, int]]],
    list[tuple[int, str]],
    int,
    int,
]: ...
def read_arcs(data: bytes | memoryview, root: int, /) -> dict[tuple[int, int], bytes] | None: ...
def settle(lines: bytes, jumps: bytes, /) -> tuple[bytes, bytes]: ...
def unite(one: bytes, other: bytes, /) -> bytes: ...
def write_arcs(
    arcs: list[tuple[int, int, bytes]],
    page_size: int,
    pages: int,
    write: Callable[[bytes], object],
    /,
) -> tuple[bytes, bytes, int]: ...
