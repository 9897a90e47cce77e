# An async for over nothing.
# python: >=3.11
import asyncio


async def nothing():
    return
    yield  # no code


async def main():
    async for x in nothing():  # branch: 13 missed, 14 taken
        y = x  # missed
    return 1


asyncio.run(main())
