# Groups of exceptions.
# python: >=3.11
def f(x):
    caught = []
    try:
        if x:  # branch: 7 taken, 14 taken
            raise ExceptionGroup("", [ValueError(), TypeError()])
    except* ValueError:
        caught.append(1)
    except* TypeError:
        caught.append(2)
    except* OSError:
        caught.append(3)  # missed
    return caught


f(0)
f(1)
