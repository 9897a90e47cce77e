# A value sent into an async generator.
# python: >=3.11
import asyncio


async def ask():
    if (yield 1):  # branch: 8 taken, 10 missed
        yield 2
    else:
        yield 3  # missed


async def main():
    generator = ask()
    await anext(generator)
    return await generator.asend(True)


asyncio.run(main())
