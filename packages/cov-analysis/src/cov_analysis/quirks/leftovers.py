"""Dead code is dropped, but the code objects of functions and classes in it may stay behind.

On 3.11 they do if a constant is needed after them; from 3.14 on, if none is needed before them.
"""

from __future__ import annotations

from .model import Quirk

QUIRK = Quirk(
    name="leftovers",
    since=(3, 11),
    until=None,
    sample="def f():\n    return\n    def g():\n        return 1\n",
    link="https://github.com/python/cpython/issues/99254",
    keeps_dead_code=True,
)
