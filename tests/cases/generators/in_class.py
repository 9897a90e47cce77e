# A method that is a generator.
# python: >=3.11
class Tree:
    def __init__(self, *children):
        self.children = children

    def __iter__(self):
        yield self
        for child in self.children:  # branch: 10 taken, exit taken
            yield from child


list(Tree(Tree(), Tree()))
