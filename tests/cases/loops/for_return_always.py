# A loop whose body always returns never ends by itself.
# python: >=3.11
def first(xs):
    for x in xs:  # branch: 5 taken, 6 missed
        return x
    return None  # missed


first([1])
