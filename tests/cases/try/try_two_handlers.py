# The second handler catches what the first does not.
# python: >=3.11
def f(x):
    try:
        return [1][x]
    except KeyError:
        return "key"  # missed
    except IndexError:
        return "index"


f(3)
