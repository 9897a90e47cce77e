# async with, async for and await are no different from their plain forms.
# python: >=3.11
class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return False


async def numbers(n):
    for i in range(n):  # branch: 13 taken, exit taken
        yield i


async def main(n):
    total = 0
    async with Lock():
        async for i in numbers(n):  # branch: 20 taken, 24 taken
            if i == 1:  # branch: 21 taken, 22 taken
                continue
            total += i
        else:
            total += 100
    if total > 1000:  # branch: 26 missed, 27 taken
        await main(0)  # missed
    return total


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


run(main(3))
