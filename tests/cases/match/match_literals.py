# Patterns of numbers, strings, bytes and None.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 taken, 7 taken
            return "one"
        case -1.5:  # branch: 8 missed, 9 taken
            return "negative"  # missed
        case "a" "b":  # branch: 10 taken, 11 taken
            return "text"
        case b"c":  # branch: 12 missed, 13 taken
            return "bytes"  # missed
        case None | True | False:  # branch: 14 taken, 15 taken
            return "known"
        case 1 + 2j:  # branch: 16 taken, exit missed
            return "complex"


for x in (1, "ab", None, 1 + 2j):  # branch: 20 taken, exit taken
    f(x)
