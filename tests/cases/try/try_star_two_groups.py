# A group whose parts go to two handlers.
# python: >=3.11
caught = []
try:
    raise ExceptionGroup("", [ValueError(), KeyError()])
except* ValueError as group:
    caught.append(group)
except* KeyError as group:
    caught.append(group)
