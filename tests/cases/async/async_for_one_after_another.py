# Every async for comes to its end, however its compiler lays out the way there.
# python: >=3.11
class Count:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.n -= 1
        if self.n < 0:  # branch: 13 taken, 14 taken
            raise StopAsyncIteration
        return self.n


async def main():
    async for i in Count(1):  # branch: 19 taken, 20 taken
        first = i
    async for i in Count(1):  # branch: 21 taken, 22 taken
        second = i
    async for i in Count(0):  # branch: 23 missed, 24 taken
        third = i  # missed
    async for i in Count(2):  # branch: 25 taken, 26 missed
        break
    async for i in Count(1):  # branch: 27 taken, exit taken
        last = i


try:
    main().send(None)
except StopIteration:
    pass
