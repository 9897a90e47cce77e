# A conditional expression is no branch.
# python: >=3.11
x = 1 if input else 2
y = (
    3
    if not x
    else 4
)
