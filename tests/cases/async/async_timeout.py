# A deadline that passes.
# python: >=3.11
import asyncio


async def main():
    try:
        async with asyncio.timeout(0):
            await asyncio.sleep(10)
            x = 1  # missed
    except TimeoutError:
        x = 2
    return x


asyncio.run(main())
