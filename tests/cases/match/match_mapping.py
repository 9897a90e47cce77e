# Patterns of mappings, with the rest.
# python: >=3.11
def f(x):
    match x:
        case {"kind": "a", "value": value}:  # branch: 6 taken, 7 taken
            return value
        case {"kind": kind, **rest}:  # branch: 8 taken, 9 missed
            return kind, rest
        case {}:  # missed; branch: 10 missed, exit missed
            return None  # missed


f({"kind": "a", "value": 1})
f({"kind": "b", "other": 2})
