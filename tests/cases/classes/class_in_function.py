# A class that is made at each call.
# python: >=3.11
def make(x):
    class C:
        value = x

        def get(self):
            return self.value

    return C


make(1)().get()
