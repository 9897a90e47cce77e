# Tasks, groups, cancellation, time-outs, generators, contexts, threads.
import asyncio
import contextlib
import contextvars
import sys

variable = contextvars.ContextVar("variable", default=0)


async def numbers(n):
    try:
        for number in range(n):
            await asyncio.sleep(0)
            yield number
    finally:
        print("numbers closed")


@contextlib.asynccontextmanager
async def manager(name):
    print("enter", name)
    try:
        yield name
    finally:
        await asyncio.sleep(0)
        print("leave", name)


async def cancelled():
    try:
        await asyncio.sleep(30)
        print("never")  # not run
    except asyncio.CancelledError:
        print("cancelled")
        raise


async def fails(text):
    await asyncio.sleep(0.001)
    raise ValueError(text)


def blocking(n):
    variable.set(n)
    return n * 2


async def group():
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(cancelled())
            tasks.create_task(fails("in a group"))
        print("never")  # not run
    except* ValueError as problems:
        print(problems.exceptions)


async def main():
    async with manager("outer") as name:
        async for number in numbers(5):
            if number == 2:
                break
            print(name, number)
    try:
        async with asyncio.timeout(0.01):
            await cancelled()
    except TimeoutError:
        print("timed out")
    await group()  # behind the time-out: early releases of 3.11 leave a cancellation behind
    print(await asyncio.to_thread(blocking, 4), variable.get())
    print([number async for number in numbers(2)])
    results = await asyncio.gather(fails("gathered"), asyncio.sleep(0, 7), return_exceptions=True)
    print(results)
    left = numbers(9)
    await anext(left)


asyncio.run(main())
asyncio.run(main(), debug=True)
sys.exit(2)
