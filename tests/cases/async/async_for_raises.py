# The iterator raises at its second turn.
# python: >=3.11
import asyncio


async def numbers():
    yield 1
    raise ValueError


async def main():
    async for x in numbers():  # branch: 13 taken, 14 missed
        y = x
    return 1  # missed


try:
    asyncio.run(main())
except ValueError:
    pass
