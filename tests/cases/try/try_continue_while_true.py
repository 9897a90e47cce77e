# An endless loop that tries again.
# python: >=3.11
texts = ["x", "y", "1"]
while True:
    try:
        number = int(texts.pop(0))
    except ValueError:
        continue
    break
