"""Write a wide program: hundreds of modules of small functions that each run a few times."""

from __future__ import annotations

import random
from pathlib import Path

MODULES = 400
FUNCTIONS = 15
CALLS = 20

FUNCTION = '''
def {name}(number, names=()):
    """Small, as most functions are; some of its work is done by builtins."""
    total = {a}
    if number % {b} == 0:
        total += number
    elif number > {c}:
        total -= 1
    for step in range({d}):
        total += step
        if total > {limit}:
            break
    else:
        total += len(names)
    words = [str(word) for word in range(total, total + {d})]
    text = ", ".join(sorted(words, reverse=number % 2 == 0))
    if text.startswith("{a}"):
        text = text.replace(",", ";").upper()
    counts = dict.fromkeys(text, 0)
    for letter in text:
        counts[letter] += 1
    if not counts:
        return 0
    try:
        return max(counts.values()) // (number - {c})
    except ZeroDivisionError:
        return total
'''


def write(folder: Path) -> Path:
    """Write the program below `folder`, the same on every machine; the path of its main script."""
    dice = random.Random(0)
    package = folder / "widepackage"
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text("")
    for number in range(MODULES):
        parts = [f'"""Module {number}."""\n']
        names = [f"work_{number}_{index}" for index in range(FUNCTIONS)]
        for name in names:
            a, b, c, d = (dice.randint(2, 9) for _ in range(4))
            parts.append(FUNCTION.format(name=name, a=a, b=b, c=c, d=d, limit=dice.randint(5, 40)))
        parts.append(f"\nALL = [{', '.join(names)}]\n")
        (package / f"module_{number:03}.py").write_text("\n".join(parts))
    main = folder / "wide.py"
    main.write_text(MAIN)
    return main


MAIN = f"""
import importlib

total = 0
for number in range({MODULES}):
    module = importlib.import_module(f"widepackage.module_{{number:03}}")
    for function in module.ALL:
        for argument in range({CALLS}):
            total += function(argument)
"""
