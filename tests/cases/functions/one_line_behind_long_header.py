# A body that begins on a further line of its header: no event tells that it was left, so that its
# way out is no branch.
# python: >=3.11
def called(
    value=1,
): return value
def never_called(
    value=1,
): return value
class Base(
    object,
): name = "base"
async def awaited(
): return 1
called()
try:
    awaited().send(None)
except StopIteration:
    pass
