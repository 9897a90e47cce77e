# Many short statements, each on its line.
# python: >=3.11
x = 2
if x == 1: y = 1
if x == 2: y = 2
if x == 3: y = 3
z = y
