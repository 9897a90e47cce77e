# A match on what was awaited.
# python: >=3.11
import asyncio


async def main(x):
    match await asyncio.sleep(0, x):
        case 1:  # branch: 9 taken, 10 missed
            return "one"
        case _:  # missed
            return "many"  # missed


asyncio.run(main(1))
