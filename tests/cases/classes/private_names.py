# Names with two underscores.
# python: >=3.11
class C:
    def __hidden(self):
        return 1

    def open(self):
        return self.__hidden()


C().open()
