# A class that is iterated.
# python: >=3.11
class Down:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:  # branch: 12 taken, 13 taken
            raise StopIteration
        self.n -= 1
        return self.n


for x in Down(2):  # branch: 18 taken, exit taken
    y = x
