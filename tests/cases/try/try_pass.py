# A body that cannot fail; its handler never runs.
# python: >=3.11
try:
    x = 1
except ValueError:  # missed
    x = 2  # missed
