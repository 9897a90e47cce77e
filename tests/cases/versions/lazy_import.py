# A lazy import is a statement that does not load yet.
# python: >=3.15
lazy import json
lazy from os import path, sep
x = 1
if x > 1:  # branch: 7 missed, exit taken
    json.dumps(x)  # missed
