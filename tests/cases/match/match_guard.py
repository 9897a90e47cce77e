# Guards that are true and false.
# python: >=3.11
def f(x):
    match x:
        case int() if x > 10:  # branch: 6 taken, 7 taken
            return "large"
        case int() if x > 5:  # branch: 8 missed, 9 taken
            return "middle"  # missed
        case int():  # branch: 10 taken, exit missed
            return "small"


f(20)
f(1)
