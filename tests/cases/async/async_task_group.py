# Tasks in a group, one of which fails.
# python: >=3.11
import asyncio


async def work(x):
    await asyncio.sleep(0)
    if x:  # branch: 9 taken, 10 taken
        raise ValueError
    return x


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work(0))
            group.create_task(work(1))
    except* ValueError:
        x = 1


asyncio.run(main())
