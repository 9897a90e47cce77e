# An if at the end of an async with that is never true: its body does not run on the way out.
# (3.11 has an instruction on the line of the body there.)
# python: >=3.11
import asyncio


class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return None


async def main(x):
    async with Lock():
        if x:  # branch: 18 missed, 19 taken
            y = 1  # missed
    async with Lock() as a, Lock() as b:
        if x:  # branch: 21 missed, exit taken
            x.append(a, b)  # missed


asyncio.run(main(0))
