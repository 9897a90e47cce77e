# An async for that breaks.
# python: >=3.11
import asyncio


async def numbers():
    for i in range(3):  # branch: 8 taken, exit missed
        yield i


async def main():
    async for x in numbers():  # branch: 13 taken, 16 missed
        if x:  # branch: 12 taken, 14 taken
            break
    else:
        return 0  # missed
    return 1


asyncio.run(main())
