# A protocol with docstrings and dots.
# python: >=3.11
from typing import Protocol


class Sized(Protocol):
    def size(self) -> int:
        """The size."""
        ...  # excluded

    @property  # excluded
    def name(self) -> str: ...  # excluded
