# A statement is its first line, however it is spread.
# python: >=3.11
import io

a = [
    1,
    2,
]
b = a[0] + \
    a[1]
c = """
text
""".strip(
)
d = f"""
{a
}
"""
assert (
    c
    == "text"
), "no"
if a: e = (
    1
)
print(
    b,
    file=io.StringIO(),
)
