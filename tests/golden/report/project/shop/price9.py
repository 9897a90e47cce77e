def price(item):
    try:
        return item.price
    except AttributeError:
        return 9
    finally:
        item = None


if __name__ == "__main__":
    price(0)
