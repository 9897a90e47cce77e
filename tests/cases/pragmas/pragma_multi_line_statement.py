# A pragma inside a statement or a header over several lines.
# python: >=3.11
x = 0
y = (x and [  # excluded
    1,  # pragma: no cover
    2,
])
if (  # excluded
    x
    and y  # pragma: no cover
):
    z = 1  # excluded
else:
    z = 2
