# The usual block of imports for types.
# python: >=3.11
import typing
from typing import TYPE_CHECKING

if typing.TYPE_CHECKING:  # excluded
    import nothing_at_all  # excluded

if TYPE_CHECKING:  # excluded
    from nothing import at_all  # excluded
else:
    at_all = None
