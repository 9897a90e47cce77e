# What goes on when an exception thrown in has ended what it awaits: 3.11 tells of no call.
# python: >=3.11
import types


@types.coroutine
def pause(value):
    yield value


async def caught(value):
    try:
        await pause(value)
    except ValueError:
        return 0
    return 1  # missed


async def outer():
    if await caught(1):  # branch: 21 missed, 22 taken
        return  # missed
    await pause(2)


def run(coroutine):
    coroutine.send(None)
    got = coroutine.throw(ValueError())
    coroutine.close()
    return got


run(outer())
