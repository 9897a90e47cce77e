# The same quotes within an f-string, over several lines.
# python: >=3.12
d = {"a": 1}
x = f"{d["a"]} {
    d["a"]
    + 1
}"
y = 1
