# A docstring after the first comments.
# python: >=3.11
"""The docstring of a module."""
x = 1
