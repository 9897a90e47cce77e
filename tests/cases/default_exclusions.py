# An ellipsis body and TYPE_CHECKING blocks are left out.
# python: >=3.11
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import nothing
else:
    nothing = None


class P(Protocol):
    def one(self): ...

    def two(
        self,
    ) -> int: ...

    def three(self):
        ...


x = 1
