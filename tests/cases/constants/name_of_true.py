# A name is no constant, whatever it stands for.
# python: >=3.11
true = True
if true:  # branch: 5 taken, 7 missed
    x = 1
else:
    x = 2  # missed
