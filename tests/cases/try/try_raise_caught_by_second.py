# A raise leads to the first handler in line, though the second takes it.
# python: >=3.11
def f():
    try:
        raise ValueError
    except KeyError:
        return 1  # missed
    except ValueError:
        return 2


f()
