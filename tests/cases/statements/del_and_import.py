# Imports, deletions and augmented assignments are plain statements.
# python: >=3.11
import os
from os import (
    path,
    sep,
)

x = [1]
del x[0]
x += [2]
