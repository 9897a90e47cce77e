# Calls in calls over several lines.
# python: >=3.11
def f(x, y=0):
    return x + y


f(
    f(
        1,
        y=2,
    ),
    y=f(
        3,
    ),
)
