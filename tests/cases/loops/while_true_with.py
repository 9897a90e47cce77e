# An endless loop left through a with.
# python: >=3.11
class Lock:
    def __enter__(self):
        return 0

    def __exit__(self, *exc):
        return None


n = 0
while True:
    with Lock():
        n += 1
        if n > 1:  # branch: 12 taken, 16 taken
            break
