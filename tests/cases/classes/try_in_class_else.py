# A try with everything in a class.
# python: >=3.11
class C:
    try:
        x = 1
    except ValueError:  # missed
        x = 2  # missed
    else:
        y = 3
    finally:
        z = 4
