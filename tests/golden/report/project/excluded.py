if True:  # pragma: no cover
    a = 1
    b = 2
