# An ellipsis body and TYPE_CHECKING blocks are left out.
# python: >=3.11
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # excluded
    import nothing  # excluded
else:
    nothing = None


class P(Protocol):
    def one(self): ...  # excluded

    def two(  # excluded
        self,
    ) -> int: ...

    # below: excluded
    def three(self):
        ...  # excluded


x = 1
