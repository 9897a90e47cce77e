# A class in the body of a loop.
# python: >=3.11
classes = []
for i in range(2):  # branch: 5 taken, exit taken
    class C:
        number = i
    classes.append(C)
