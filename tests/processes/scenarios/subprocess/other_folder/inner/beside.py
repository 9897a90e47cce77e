def value():
    return 2


def unused():
    return 3  # not run
