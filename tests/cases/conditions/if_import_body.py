# An import that is needed under a condition only.
# python: >=3.11
def f(x):
    if x:  # branch: 5 missed, 7 taken
        import json  # missed
        return json  # missed
    return None


f(0)
