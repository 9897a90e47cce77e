# A pattern over several lines.
# python: >=3.11
def f(x):
    match x:
        case {  # branch: 9 taken, 10 taken
            "a": 1,
            "b": b,
        }:
            return b
        case _:
            return None


f({"a": 1, "b": 2})
f({"a": 2, "b": 2})
