import os

# Nothing imports this.


def never(a):
    if a:
        return os.sep


class Never:
    def again(self):
        yield 1
