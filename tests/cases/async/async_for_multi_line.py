# An async for over several lines.
# python: >=3.11
import asyncio


async def pairs():
    yield 1, 2


async def main():
    async for (  # branch: 15 taken, 16 taken
        a,
        b,
    ) in pairs():
        c = a + b
    return c


asyncio.run(main())
