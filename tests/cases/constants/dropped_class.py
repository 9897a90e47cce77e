# A class in a block that is dropped.
# python: >=3.11
if False:
    class C:  # no code
        x = 1  # no code

        def f(self):  # no code
            return 1  # no code
y = 1
