# Something is thrown into what an async for awaits, inside a try with a finally: it did not end.
# python: >=3.11
import types


@types.coroutine
def pause():
    yield


async def items():
    await pause()
    yield 1  # missed


async def f(x):
    try:
        async for _ in items():  # branch: 19 missed, 21 missed
            x = 1  # missed
    finally:
        x = 2
    return x  # missed


running = f(0)
running.send(None)
try:
    running.throw(ValueError)
except ValueError:
    pass
