from shop import basket, complete, price9, price10

b = basket.Basket([(1, 2), (2, 5)])
b.total()
complete.flag(1)
price9.price(b)
price10.price([])
basket.discount(4, "friend")
basket.pick("inner")(1)
basket.pick("other") if b else None

if b:
    b.items = []
for item in (1, 2):
    break


def last(x):
    if x:
        x = 0


last(1)
