# Past an if at the end of a module is out of the module.
# python: >=3.11
x = 0
if x:  # branch: 5 missed, exit taken
    y = 1  # missed
