# A string that looks like a pragma is one.
# python: >=3.11
x = "# pragma: no cover"  # excluded
y = 1
