# A lambda that makes a coroutine.
# python: >=3.11
import asyncio


async def one():
    return 1


f = lambda: one()
asyncio.run(f())
