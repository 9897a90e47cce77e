# Conditions of a chain are tried one after the other.
# python: >=3.11
tried = []


def is_(value, x):
    tried.append(value)
    return value == x


for x in (1, 2):  # branch: 12 taken, exit taken
    if is_(1, x):  # branch: 13 taken, 14 taken
        pass
    elif is_(2, x):  # branch: 15 taken, 16 missed
        pass
    elif is_(3, x):  # missed; branch: 11 missed, 17 missed
        pass  # missed
