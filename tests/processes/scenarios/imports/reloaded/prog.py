# A module that is reloaded, changed and reloaded, removed and imported again.
# changes: module.py
import importlib
import sys

import module

print(module.value(), module.loads)
importlib.reload(module)
print(module.value(), module.loads)
with open("module.py", "a") as file:
    file.write("\n\ndef added():\n    return 'added'\n")
importlib.invalidate_caches()
sys.dont_write_bytecode = True
importlib.reload(module)
print(module.added(), module.loads)
del sys.modules["module"]
import module as again

print(again.loads, again is module, hasattr(again, "added"))
