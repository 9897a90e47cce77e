# A generator is closed where a condition stands still: it goes neither way.
# python: >=3.11
def ask():
    if (yield):  # branch: 5 missed, 6 missed
        x = 1  # missed
    y = 2  # missed


generator = ask()
next(generator)
generator.close()
