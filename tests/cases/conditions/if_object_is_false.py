# What counts as false is asked of the object, in a method of its own.
# python: >=3.11
class Maybe:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        if self.value:  # branch: 9 taken, 10 taken
            return True
        return False


if Maybe(0):  # branch: 14 missed, 15 taken
    x = 1  # missed
if Maybe(1):  # branch: 16 taken, exit missed
    x = 2
