# A chain of calls over several lines.
# python: >=3.11
x = (
    "a b"
    .upper()
    .split()
)
y = "a".join([
    "b",
]).strip(
)
