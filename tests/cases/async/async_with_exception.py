# An exception is swallowed by an async with.
# python: >=3.11
import asyncio


class Quiet:
    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, traceback):
        await asyncio.sleep(0)
        return kind is ValueError


async def main(x):
    async with Quiet() as quiet:
        y = int(x)
    return 1


asyncio.run(main("x"))
asyncio.run(main("1"))
