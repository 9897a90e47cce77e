# A decorated coroutine.
# python: >=3.11
def mark(f):
    return f


@mark
async def f():
    return 1


try:
    f().send(None)
except StopIteration:
    pass
