# An async for with its whole body, a raise, on its line.
# python: >=3.11
import asyncio


async def items():
    yield 1


async def f():
    async for _ in items(): raise ValueError  # branch: 13 missed, exit taken
    else:
        x = 1  # missed


try:
    asyncio.run(f())
except ValueError:
    pass
