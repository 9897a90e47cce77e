def name(n):
    if n == 1:
        return "one"  # not run
    return "second"
