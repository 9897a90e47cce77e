# A comment inside a condition.
# python: >=3.11
x = 1
if (  # branch: 9 missed, exit taken
    x  # is it?
    # or not
    and x > 1
):
    y = 1  # missed
