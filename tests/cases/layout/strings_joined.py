# Strings that stand beside each other.
# python: >=3.11
x = (
    "a"
    f"{1}"
    "b"
)
y = "a" \
    "b"
