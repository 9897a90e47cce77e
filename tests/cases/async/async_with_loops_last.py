# Loops at the end of an async with, left by a break: nothing goes back to the head of the loop.
# (3.11 has an instruction on the line of the loop behind it.)
# python: >=3.11
import asyncio


class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return None


async def main(x):
    async with Lock():
        for _ in "ab":  # branch: 18 taken, 19 missed
            break
    async with Lock():
        while True:
            if x: break  # branch: 20 missed, 22 taken
    async with Lock():
        while True:
            if x:  # branch: 25 taken, 26 missed
                break
            x = 1  # missed
    async with Lock(), Lock():
        while x:  # branch: 29 taken, exit missed
            break


asyncio.run(main(1))
