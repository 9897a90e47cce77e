# A return inside a loop that always happens: the loop never runs to its end.
# python: >=3.11
def f(items):
    for item in items:  # branch: 5 taken, 7 missed
        if item:  # branch: 4 taken, 6 taken
            return item
    return None  # missed


f([0, 1])
