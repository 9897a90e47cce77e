# A function that is defined at each turn.
# python: >=3.11
functions = []
for i in range(2):  # branch: 5 taken, 8 taken
    def f(x=i):
        return x
    functions.append(f)
functions[0]()
