# The pragma on a coroutine.
# python: >=3.11
async def f():  # pragma: no cover  # excluded
    return 1  # excluded


x = 1
