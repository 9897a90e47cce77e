# A return of several values over several lines.
# python: >=3.11
def f(xs):
    return (
        1,
        *xs,
    )


f([2])
