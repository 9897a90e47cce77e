# A loop whose match ends it.
# python: >=3.11
def f(words):
    while True:
        match words:
            case [_, *words]:  # branch: 7 taken, 8 taken
                continue
            case []:  # branch: 4 missed, 9 taken
                return 0


f(["a", "b"])
