# Each finally runs, the inner one first.
# python: >=3.11
order = []


def f():
    try:
        try:
            return 1
        finally:
            order.append("inner")
    finally:
        order.append("outer")


f()
