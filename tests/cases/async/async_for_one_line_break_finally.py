# An async for with its whole body, a break, on its line, within a try with a finally.
# python: >=3.12
import asyncio


async def items(n):
    for i in range(n):  # branch: 8 taken, exit missed
        yield i


async def f(n):
    try:
        async for _ in items(n): break  # branch: 15 missed, 17 taken
        else:
            x = 1  # missed
    finally:
        x = 2
    return x


asyncio.run(f(1))
