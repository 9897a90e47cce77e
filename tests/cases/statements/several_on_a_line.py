# Statements on one line are one statement.
# python: >=3.11
x = 1; y = 2
if x: y = 3; z = 4
for i in (1, 2): x += i; y += x
