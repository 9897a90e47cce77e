# A coroutine that nobody awaits.
# python: >=3.11
async def f():
    return 1  # missed


f().close()
