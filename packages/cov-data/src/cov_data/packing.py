"""Sets of line numbers as bitmaps, the form they have in a data file ("numbits"). Pure.

Line n is bit n % 8, least significant first, of byte n // 8. So a bitmap read as a little-endian
integer has line n at bit n, and the union of two sets is `|` of two integers.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def pack_lines(lines: Iterable[int]) -> bytes:
    """Pack line numbers (1-based; 0 is legal too) into a bitmap.

    Equal sets give equal bytes: there is no trailing zero byte, and the empty set is b"".
    Raises ValueError for a negative number. Format: docs/formats/data-file.md.
    """
    numbers = set(lines)
    if not numbers:
        return b""
    if min(numbers) < 0:
        raise ValueError(f"{min(numbers)} is not a line number: it must not be negative")
    bitmap = bytearray(max(numbers) // 8 + 1)
    for number in numbers:
        bitmap[number >> 3] |= 1 << (number & 7)
    return bytes(bitmap)


def unpack_lines(bitmap: bytes) -> set[int]:
    """The line numbers in a bitmap."""
    return {index * 8 + bit for index, byte in enumerate(bitmap) if byte for bit in _BITS[byte]}


def lines_to_bits(lines: Iterable[int]) -> int:
    """The set as an integer with bit n set for line n. Raises ValueError for a negative number."""
    return int.from_bytes(pack_lines(lines), "little")


def bitmap_to_bits(bitmap: bytes) -> int:
    """A stored bitmap as an integer."""
    return int.from_bytes(bitmap, "little")


def bits_to_bitmap(bits: int) -> bytes:
    """An integer as the bitmap to store, without trailing zero bytes."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")
