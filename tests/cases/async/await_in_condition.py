# A condition that waits for its answer.
# python: >=3.11
import asyncio


async def ask(x):
    await asyncio.sleep(0)
    return x


async def f(x):
    if await ask(x):  # branch: 13 taken, 14 missed
        return 1
    return 2  # missed


asyncio.run(f(1))
