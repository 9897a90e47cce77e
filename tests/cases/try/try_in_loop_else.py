# A loop with a try and an else.
# python: >=3.11
def f(texts):
    for text in texts:  # branch: 5 taken, 10 taken
        try:
            return int(text)
        except ValueError:
            pass
    else:
        return None


f(["x"])
f(["x", "1"])
