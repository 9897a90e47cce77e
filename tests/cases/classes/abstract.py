# Methods without a body of their own.
# python: >=3.11
from abc import ABC, abstractmethod


class Base(ABC):
    @abstractmethod
    def one(self):
        "To be written."

    @abstractmethod
    def two(self):
        raise NotImplementedError  # missed


class C(Base):
    def one(self):
        return 1  # missed

    def two(self):
        return 2


C().two()
