# A generator that nobody starts.
# python: >=3.11
def numbers():
    x = 1  # missed
    yield x  # missed


numbers()
