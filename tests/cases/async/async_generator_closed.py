# An async generator that is closed.
# python: >=3.11
import asyncio


async def numbers():
    try:
        yield 1
        yield 2  # missed
    finally:
        x = 1


async def main():
    generator = numbers()
    await anext(generator)
    await generator.aclose()


asyncio.run(main())
