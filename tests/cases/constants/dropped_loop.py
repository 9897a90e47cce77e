# Everything in a block that is dropped is dropped.
# python: >=3.11
if False:
    for x in range(3):  # no code
        if x:  # no code
            y = 1  # no code
    while x:  # no code
        x -= 1  # no code
    with x:  # no code
        pass  # no code
z = 1
