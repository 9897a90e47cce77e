def price(item):
    for part in item:
        if part:
            continue
        print(part)
    return 10


def price(item):
    if item:
        return 10
    return 11
