# A line that is no branch needs no forgiveness.
# python: >=3.11
x = 1  # pragma: no branch
