# Tasks take turns in one function: each goes its own way.
# python: >=3.11
import asyncio


async def f(x):
    if x:  # branch: 8 taken, 11 taken
        await asyncio.sleep(0)
        if x > 1:  # branch: 10 missed, 11 taken
            return 2  # missed
    await asyncio.sleep(0)
    return x


async def main():
    return await asyncio.gather(f(0), f(1))


asyncio.run(main())
