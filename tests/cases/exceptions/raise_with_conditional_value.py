# What follows a raise with a conditional expression did not run.
# python: >=3.11
def on_one_line(x, y):
    if not x:  # branch: 5 taken, 6 missed
        raise ValueError("a" if y else "b")
    return 1  # missed


def on_several(x, y):
    if not x:  # branch: 11 taken, 16 missed
        raise ValueError(
            "a"
            if y
            else "b"
        )
    return 1  # missed


for function in (on_one_line, on_several):  # branch: 20 taken, exit taken
    try:
        function(0, 0)
    except ValueError:
        pass
