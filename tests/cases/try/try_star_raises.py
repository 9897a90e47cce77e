# A handler of groups that raises.
# python: >=3.11
def f():
    try:
        raise ExceptionGroup("", [ValueError()])
    except* ValueError:
        raise KeyError


try:
    f()
except (KeyError, ExceptionGroup):
    pass
