# A loop in the body of a class.
# python: >=3.11
class C:
    names = []
    for name in ("a", "b"):  # branch: 6 taken, exit taken
        names.append(name)
