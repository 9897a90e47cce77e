# An async for at the end of a function.
# python: >=3.11
import asyncio


async def numbers():
    yield 1


async def main():
    async for x in numbers():  # branch: 12 taken, exit taken
        y = x


asyncio.run(main())
