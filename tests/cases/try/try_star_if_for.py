# A loop that ends an `if` that ends an `except*` clause: it goes on behind the `try`.
# python: >=3.11
def f(x):
    try:
        raise ValueError
    except* Exception:
        if x:  # branch: 8 taken, 10 taken
            for _ in x:  # branch: 9 taken, 10 taken
                pass
    return x


f([])
f([1])
