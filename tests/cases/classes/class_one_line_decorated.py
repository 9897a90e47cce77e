# A class on one line is a branch below a decorator, too, and both ways are taken at once.
# python: >=3.11
def keep(one):
    return one


@keep
class Empty: ...  # branch: 11 taken, exit taken


@keep
@keep
class Two: x = 1; y = 2  # branch: 14 taken, exit taken
done = 1
