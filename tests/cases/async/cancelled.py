# A task that is cancelled runs its finally.
# python: >=3.11
import asyncio


async def work():
    try:
        await asyncio.sleep(10)
        x = 1  # missed
    finally:
        y = 2


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return 1


asyncio.run(main())
