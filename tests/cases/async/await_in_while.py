# A loop whose condition waits.
# python: >=3.11
import asyncio


async def down(n):
    await asyncio.sleep(0)
    return n


async def f(n):
    while await down(n):  # branch: 13 taken, 14 taken
        n -= 1
    return n


asyncio.run(f(2))
