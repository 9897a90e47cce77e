# A star in the middle of a pattern.
# python: >=3.11
def f(x):
    match x:
        case ["go", *words, "now"]:  # branch: 6 taken, 7 missed
            return words
        case ["go", *words]:  # missed; branch: 8 missed, exit missed
            return None  # missed


f(["go", "home", "now"])
