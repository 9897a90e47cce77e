# An async with in an async with, and an if at the end of both.
# python: >=3.11
import asyncio


class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return None


async def main(x):
    async with Lock():
        async with Lock():
            if x:  # branch: 18 missed, 19 taken
                y = 1  # missed
    z = 2


asyncio.run(main(0))
