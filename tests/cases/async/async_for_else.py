# An async for that ends runs its else.
# python: >=3.11
import asyncio


async def numbers():
    yield 1


async def main():
    async for x in numbers():  # branch: 12 taken, 14 taken
        y = x
    else:
        y = 2
    return y


asyncio.run(main())
