# A return over several lines.
# python: >=3.11
def f(x):
    return (
        x
        if x
        else
        2
    )


f(0)
