# Type parameters over several lines belong to the definition.
# python: >=3.12
def f[
    T: (
        int,
        str,
    ),
](
    x: T,
) -> T:
    return x


f(1)
