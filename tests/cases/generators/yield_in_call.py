# Yields in the arguments of a call.
# python: >=3.11
def f():
    print(
        (yield 1) or "",
        end="",
    )


list(f())
