# The exit of a with raises: the condition that led to it was false all the same.
# python: >=3.11
class Exit:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        if self.raises:  # branch: 9 taken, exit taken
            raise ValueError


def f(x, raises):
    exit = Exit()
    exit.raises = raises
    with exit:
        if x:  # branch: 17 taken, 18 taken
            x = 0
    return x


f(1, False)
try:
    f(0, True)
except ValueError:
    pass
