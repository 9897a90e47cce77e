# The name of an exception is forgotten at the end of its handler.
# python: >=3.11
try:
    1 // 0
except ZeroDivisionError as error:
    text = str(error)
done = 1
