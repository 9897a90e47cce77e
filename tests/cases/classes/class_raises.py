# A class whose body raises is never made.
# python: >=3.11
try:
    class C:
        x = 1
        y = 1 // 0
        z = 2  # missed
except ZeroDivisionError:
    C = None
