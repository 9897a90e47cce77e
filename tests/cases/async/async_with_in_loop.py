# Continue and break through an async with.
# python: >=3.11
import asyncio


class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return None


async def main():
    for x in range(4):  # branch: 16 taken, exit missed
        async with Lock():
            if x == 1:  # branch: 18 taken, 19 taken
                continue
            if x == 2:  # branch: 20 taken, 21 taken
                break
        y = x


asyncio.run(main())
