# An if at the end of an async with.
# (On 3.11 the false way leads through an instruction on the line of the body, which does not run.)
# python: >=3.11
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
