# Coroutines as methods.
# python: >=3.11
import asyncio


class C:
    async def one(self):
        return 1

    async def two(self):
        return await self.one() + 1

    async def never(self):
        return 3  # missed


asyncio.run(C().two())
