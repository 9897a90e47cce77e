# A class in a block that is dropped.
# python: >=3.11
if False:
    class C:  # missed on <3.12; no code on >=3.12
        x = 1  # missed on <3.12; no code on >=3.12

        def f(self):  # missed on <3.12; no code on >=3.12
            return 1  # missed on <3.12; no code on >=3.12
y = 1
