# A class on one line, with an annotation and behind decorators over several lines, is made.
# python: >=3.11
def same(*_):
    return lambda x: x


@same(
    1)
@same(
    2)
class C: x: int = 1  # branch: 14 taken, exit taken


y = C.x
