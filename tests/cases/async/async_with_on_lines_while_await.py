# A while that awaits its condition ends, and with it an async with, whose exits are awaited.
# python: >=3.11
import asyncio


class Waits:
    async def __aenter__(self):
        await asyncio.sleep(0)

    async def __aexit__(self, *_):
        await asyncio.sleep(0)


async def f(x):
    async with (
        Waits(),
        Waits(),
    ):
        while await asyncio.sleep(0, x.pop()):  # branch: 20 taken, 21 taken
            pass
    return x


asyncio.run(f([0, 1]))
