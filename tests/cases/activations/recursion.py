# REX-01: a recursive call between the condition and its body; it was never false.
# python: >=3.11
def walk(n):
    if n > 0:  # branch: 5 taken, 7 taken
        if walk(n - 1):  # branch: 6 taken, 7 missed
            x = 1
    return True


walk(1)
