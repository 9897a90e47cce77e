# Regions wherever statements can nest.
# python: >=3.11
import sys

if sys:  # branch: 6 taken, 9 missed
    def f():  # region: f 1/1
        return 1
else:
    def g():  # region: g 0/1  # missed
        return 1  # missed
try:
    class C:  # region: C 0/1
        def h(self):  # region: C.h 0/1
            return 1  # missed
finally:
    pass
f()
