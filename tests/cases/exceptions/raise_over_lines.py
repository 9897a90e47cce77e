# A raise over several lines.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 9 missed
        raise ValueError(
            "too",
            "much",
        )
    return x  # missed


try:
    f(1)
except ValueError:
    pass
