# A hook that runs for each subclass.
# python: >=3.11
class Base:
    known = []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.known.append(cls)


class C(Base):
    pass
