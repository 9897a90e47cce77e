# An if in the body of a class; what follows is the way out of the class.
# python: >=3.11
flag = 0


class C:
    x = 1
    if flag:  # branch: 9 missed, exit taken
        x = 2  # missed
