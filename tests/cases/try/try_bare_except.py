# A handler for everything.
# python: >=3.11
try:
    [].pop()
except:
    caught = True
