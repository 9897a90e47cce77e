# A function in a block that is dropped.
# python: >=3.11
if 0:
    def f():  # missed on <3.12; no code on >=3.12
        return 1  # missed on <3.12; no code on >=3.12
x = 1
