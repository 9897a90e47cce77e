# A return through two async withs.
# python: >=3.11
import asyncio


class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        await asyncio.sleep(0)


async def main(x):
    async with Lock(), Lock():
        if x:  # branch: 17 taken, 18 missed
            return 1
    return 2  # missed


asyncio.run(main(1))
