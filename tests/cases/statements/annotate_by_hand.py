# A function that somebody calls __annotate__ runs like others; coverage.py leaves its lines out.
# python: >=3.11
def __annotate__(form):
    if form:  # branch: 5 taken, 6 missed
        return {}
    return None  # missed


__annotate__(1)
