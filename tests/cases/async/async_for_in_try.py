# The end of an async for inside a handler for the same exception.
# python: >=3.11
import asyncio


async def numbers():
    yield 1


async def main():
    try:
        async for x in numbers():  # branch: 13 taken, 14 taken
            y = x
        z = 1
    except StopAsyncIteration:  # missed
        z = 2  # missed
    return z


asyncio.run(main())
