# An exit that asks what happened.
# python: >=3.11
class Log:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:  # branch: 9 taken, 11 taken
            self.end = "orderly"
            return False
        return issubclass(kind, ValueError)


with Log():
    x = 1
with Log():
    int("x")
