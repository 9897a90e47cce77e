# A loop at the end of a class.
# python: >=3.11
class C:
    for i in range(2):  # branch: 5 taken, exit taken
        x = i
