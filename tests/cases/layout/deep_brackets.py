# Brackets in brackets.
# python: >=3.11
x = {
    "a": [
        (
            1,
            2,
        ),
    ],
}["a"][
    0
][
    1
]
