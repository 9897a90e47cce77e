# A whole try on lines of their own.
# python: >=3.11
try: x = int("x")
except ValueError: x = 0
else: x = 1  # missed
finally: y = 2
