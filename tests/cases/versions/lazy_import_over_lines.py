# A lazy import over several lines.
# python: >=3.15
lazy from os import (
    path,
    sep,
)
x = sep
