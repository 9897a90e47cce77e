# A coroutine that awaits others.
# python: >=3.11
import asyncio


async def add(a, b):
    await asyncio.sleep(0)
    return a + b


async def main():
    x = await add(1, 2)
    if x > 3:  # branch: 14 missed, 15 taken
        x = await add(x, x)  # missed
    return x


asyncio.run(main())
