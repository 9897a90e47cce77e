# A coroutine on one line.
# python: >=3.11
import asyncio


async def one(): return 1  # branch: 7 taken, exit taken
async def two(): return 2  # branch: 8 taken, exit missed
asyncio.run(one())
