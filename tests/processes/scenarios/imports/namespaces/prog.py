# A package without __init__.py, spread over two folders, and one that extends its path.
import sys

sys.path[:0] = ["one", "two"]
import space.first
import space.second

import extended.later

print(space.first.NAME, space.second.name(2), len(list(space.__path__)))
print(extended.later.NAME)
