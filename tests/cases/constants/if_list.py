# The truth of a list is found when the program runs.
# python: >=3.11
if []:  # branch: 4 missed, 5 taken
    x = 1  # missed
if {}:  # branch: 6 missed, exit taken
    x = 2  # missed
