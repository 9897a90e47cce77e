# A finally that runs once, after an orderly end.
# python: >=3.11
try:
    x = 1
finally:
    y = 2
