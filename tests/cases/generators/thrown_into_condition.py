# An exception is thrown into a condition: it goes neither way.
# python: >=3.11
def ask():
    if (yield):  # branch: 5 missed, 7 missed
        x = 1  # missed
    else:
        x = 2  # missed


generator = ask()
next(generator)
try:
    generator.throw(ValueError())
except ValueError:
    pass
