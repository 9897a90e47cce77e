# Annotations that somebody asks for are worked out, and are no lines.
# python: >=3.14
class C:
    x: int  # no code
    y: (  # no code
        str
    )
    z = 1


found = C.__annotations__
