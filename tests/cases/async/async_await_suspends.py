# Suspending in an await neither leaves nor enters.
# python: >=3.11
class Pause:
    def __await__(self):
        yield


async def f(x):
    if x:  # branch: 10 taken, 11 taken
        await Pause()
    return x


for x in (0, 1):  # branch: 15 taken, exit taken
    coroutine = f(x)
    try:
        while True:
            coroutine.send(None)
    except StopIteration:
        pass
