# A match in the body of a class.
# python: >=3.11
class C:
    match 1:
        case int():  # branch: 6 taken, 7 missed
            x = 1
        case _:  # missed
            x = 2  # missed
