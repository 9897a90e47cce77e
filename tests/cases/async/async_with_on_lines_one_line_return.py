# A return on the line of its while, inside an async with whose items stand on several lines.
# python: >=3.12
import asyncio
from contextlib import nullcontext


async def f(x):
    async with (
        nullcontext() as a,
        nullcontext() as b,
    ):
        while x: return a  # branch: 13 taken, exit taken
    return b


asyncio.run(f(0))
asyncio.run(f(1))
