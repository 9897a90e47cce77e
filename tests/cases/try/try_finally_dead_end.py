# What ends a finally stands behind a loop that always leaves. (Only what raises the exception again
# is left of its line on 3.11: it is where the condition jumps to when it is false.)
# python: >=3.11,<3.12
def f(name):
    try:
        int(name)
    finally:
        if name == "y":  # branch: 9 missed, 0 taken
            for _ in name:  # missed; branch: 10 missed, 12 missed
                return  # missed
            else:
                return  # missed
            name = name.upper()  # missed


try:
    f("x")
except ValueError:
    pass
