# A class whose base cannot be told.
# python: >=3.11
try:
    class C(undefined):
        x = 1  # missed
except NameError:
    C = None
