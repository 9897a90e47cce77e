# pass as a body is a statement.
# python: >=3.11
def f():
    pass


for x in (1,):  # branch: 8 taken, 9 taken
    pass
while 0:
    pass  # no code
if x:  # branch: 12 taken, 13 missed
    pass
f()
