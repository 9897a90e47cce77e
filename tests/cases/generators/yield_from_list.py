# Delegating to what is no generator.
# python: >=3.11
def f():
    for xs in ([1], [2]):  # branch: 5 taken, exit taken
        yield from xs


list(f())
