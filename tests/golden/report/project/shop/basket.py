"""A basket: functions, classes, branches both ways and one way."""

LIMIT = 3


class Basket:
    """What a customer is going to buy."""

    kind = "wicker"

    def __init__(self, items):
        self.items = list(items)

    def total(self):
        total = 0
        for price, count in self.items:
            if count > LIMIT:
                price = price * 0.9
            total += price * count
        return total

    def drop(self, name):
        while name in self.items:
            self.items.remove(name)
        else:
            return self

    class Receipt:
        def lines(self, basket):
            return [
                f"{price} x {count}"
                for price, count in basket.items
            ]


class Empty(Basket):
    pass


def discount(price, customer):
    if customer == "staff":
        price = price / 2
    elif customer == "friend":
        price = price * 0.8
    if price < 1:
        price = 1
    return price


def discount_again(price):  # pragma: no cover
    if price:
        return discount(price, "friend")
    return 0


def pick(kind):
    def inner(value):
        return value + 1

    if kind == "inner":
        return inner
    if kind == "none":
        return None
    return pick
