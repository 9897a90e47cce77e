# A class made by another.
# python: >=3.11
class Meta(type):
    def __new__(cls, name, bases, space):
        if "x" in space:  # branch: 6 taken, 7 missed
            space["y"] = 1
        return super().__new__(cls, name, bases, space)


class C(metaclass=Meta):
    x = 1
