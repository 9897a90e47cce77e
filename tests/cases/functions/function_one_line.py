# A definition on one line is a branch: on, or out of its body.
# python: >=3.11
def called(): return 1  # branch: 4 taken, exit taken
def uncalled(): return 2  # branch: 5 taken, exit missed
called()
