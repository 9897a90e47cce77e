# PEP 695: type aliases, generic functions and classes.
# python: >=3.12
type Pair[T] = tuple[T, T]


def first[T](items: list[T]) -> T:
    if items:  # branch: 8 taken, 9 missed
        return items[0]
    raise ValueError  # missed


class Box[T]:
    def get(self):
        return 1  # missed


first([1])
