# The same, without an exception.
# python: >=3.11
try: x = int("1")
except ValueError: x = 0  # missed
else: x = 1
finally: y = 2
