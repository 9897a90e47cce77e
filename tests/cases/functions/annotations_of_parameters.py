# Annotations over several lines belong to the definition.
# python: >=3.11
def f(
    a: int,
    b: "str" = "",
) -> dict[
    str,
    int,
]:
    return {b: a}


f(1)
