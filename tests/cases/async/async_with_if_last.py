# An if at the end of an async with.
# (To 3.11 the false way leads through the line of the body, which did not run.)
# python: >=3.12
import asyncio


class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return None


async def main(x):
    async with Lock():
        if x:  # branch: 18 taken, 19 taken
            y = 1
    return x


asyncio.run(main(0))
asyncio.run(main(1))
