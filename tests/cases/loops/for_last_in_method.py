# The way out of a method is the loop's end.
# python: >=3.11
class C:
    def method(self, xs):
        for x in xs:  # branch: 6 taken, exit taken
            self.x = x


C().method([1])
