FLAGS = [
    1,
    2,
]


def flag(n):
    return FLAGS[n]
