# A decorator that cannot be told: the definition was not reached.
# python: >=3.11
try:
    @undefined
    def f():  # missed
        return 1  # missed
except NameError:
    f = None
