# Async comprehensions of every kind are no branches.
# python: >=3.11
import asyncio


async def numbers():
    for i in range(3):  # branch: 8 taken, exit taken
        yield i


async def main():
    a = [x async for x in numbers() if x]
    b = {x async for x in numbers()}
    c = {x: x async for x in numbers()}
    d = [x async for x in (y async for y in numbers())]
    e = [
        await asyncio.sleep(0, x)
        async for x in numbers()
        if x
    ]
    return a, b, c, d, e


asyncio.run(main())
