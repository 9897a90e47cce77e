# A class in a function.
# python: >=3.11
def make():  # region: make 3/3
    class C:  # region: make.C 1/1
        def f(self):  # region: make.C.f 1/1
            return 1

    return C


make()().f()
