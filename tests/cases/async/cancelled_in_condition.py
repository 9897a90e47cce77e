# A task that is cancelled where a condition waits: it goes neither way.
# python: >=3.11
import asyncio


async def ask():
    await asyncio.sleep(10)


async def work():
    if await ask():  # branch: 12 missed, 13 missed
        return 1  # missed
    return 2  # missed


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])


asyncio.run(main())
