# What is entered is bound to an attribute and an item.
# python: >=3.11
from contextlib import nullcontext


class Box:
    value = None


items = {}
with nullcontext(1) as Box.value, nullcontext(2) as items["x"]:
    y = 1
