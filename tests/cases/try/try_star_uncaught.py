# The rest of a group goes on.
# python: >=3.11
def f():
    try:
        raise ExceptionGroup("", [ValueError(), KeyError()])
    except* ValueError:
        x = 1


try:
    f()
except ExceptionGroup:
    pass
