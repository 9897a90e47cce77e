# Type parameters of functions and classes.
# python: >=3.12
def first[T](xs: list[T]) -> T:
    if xs:  # branch: 5 taken, 6 missed
        return xs[0]
    return None  # missed


class Box[T: int, *Ts, **P]:
    def get(self) -> T:
        return 1


first([1])
Box().get()
