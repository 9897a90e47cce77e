# A search along a chain.
# python: >=3.11
chain = {1: 2, 2: 3, 3: None}
at = 1
while at is not None:  # branch: 6 taken, exit taken
    at = chain[at]
