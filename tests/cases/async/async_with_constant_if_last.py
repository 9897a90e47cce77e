# An if at the end of an async with that the compiler rules out: its line runs all the same.
# python: >=3.11,<3.14
import asyncio


class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return None


async def main(x):
    async with Lock():
        if ():
            await x  # no code


asyncio.run(main(0))
