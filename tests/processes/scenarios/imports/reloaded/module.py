try:
    loads += 1
except NameError:
    loads = 1


def value():
    if loads == 1:
        return "first"
    if loads == 2:
        return "second"
    return "never"  # not run
