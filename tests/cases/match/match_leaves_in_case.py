# What leaves at the end of a case, and who goes round it. Until 3.11.3 both have its line.
# python: >=3.11
def in_a_loop(x, y):
    for _ in range(2):  # branch: 5 taken, 27 taken
        match x:
            case 1:  # branch: 7 taken, 9 taken
                if y:  # branch: 4 taken, 8 missed
                    return  # missed
            case 2:  # branch: 10 taken, 12 taken
                if y:  # branch: 4 taken, 11 missed
                    break  # missed
            case 3:  # branch: 13 taken, 15 taken
                if y:  # branch: 4 taken, 14 missed
                    continue  # missed
            case 4:  # branch: 16 taken, 18 taken
                if y:  # branch: 4 taken, 17 missed
                    raise ValueError  # missed
            case 5:  # branch: 19 taken, 21 taken
                if y:  # branch: 4 taken, 20 missed
                    return None  # missed
            case 6:  # branch: 22 taken, 24 taken
                if y:  # branch: 4 taken, 23 missed
                    return x  # missed
            case _:
                for _ in range(y):  # branch: 4 taken, 26 missed
                    x += 1  # missed
    return x


def at_the_end(x, y):
    match x:
        case 1:  # branch: 33 taken, 35 taken
            if y:  # branch: exit taken, 34 missed
                return  # missed
        case 2:  # branch: 36 taken, 38 taken
            if y:  # branch: exit taken, 37 missed
                raise ValueError  # missed
        case 3:  # branch: 39 taken, 43 taken
            if y:  # branch: 40 missed, 42 taken
                x += 1  # missed
            else:
                x += 2
        case 4:  # branch: 44 taken, 49 taken
            try:
                x += 1
            finally:
                if y:  # branch: exit taken, 48 missed
                    x += 2  # missed
        case 5:  # branch: 50 taken, 53 taken
            with memoryview(b""):
                if y:  # branch: exit taken, 52 missed
                    return  # missed
        case 6:  # branch: 54 taken, 58 taken
            match y:
                case 1:  # branch: exit taken, 56 missed
                    if x:  # missed; branch: exit missed, 57 missed
                        return x  # missed
        case 7:  # branch: exit missed, 59 taken
            while y:  # branch: exit taken, 60 missed
                y -= 1  # missed
                if y:  # missed; branch: 59 missed, 62 missed
                    break  # missed


async def awaiting(x, y):
    while x:  # branch: exit taken, 67 taken
        match x:
            case 1:  # branch: 69 taken, 71 taken
                if y:  # branch: 70 missed, 77 taken
                    break  # missed
            case 2:  # branch: 72 taken, 74 taken
                if y:  # branch: 73 missed, 77 taken
                    await awaiting(0, 0)  # missed
            case _:
                if y:  # branch: 76 missed, 77 taken
                    continue  # missed
        x -= 1


for x in range(1, 8):  # branch: 81 taken, 83 taken
    in_a_loop(x, 0)
    at_the_end(x, 0)
try:
    awaiting(3, 0).send(None)
except StopIteration:
    pass
