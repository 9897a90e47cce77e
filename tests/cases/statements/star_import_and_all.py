# Names that a module lists.
# python: >=3.11
__all__ = [
    "x",
    "y",
]
x = y = 1
__all__ += ["z"]
z = 1
