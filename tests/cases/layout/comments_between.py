# Comments and blank lines anywhere.
# python: >=3.11
x = [
    # first
    1,

    # second
    2,
]


# a comment

if x:  # branch: 18 taken, 23 missed

    # a comment

    y = 1

# a comment
else:
    # a comment
    y = 2  # missed
