"""Import every module of one installed package, and run the example of its README.

    python tools/use_alone.py packages/cov-data

Run by `nox -s alone` where only that package and what it declares are installed.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def modules(name: str) -> list[str]:
    """Import a package and every module in it; their names. Raises ImportError."""
    package = importlib.import_module(name)
    found = [name]
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        if not module.name.endswith(".__main__"):  # importing that would run it
            importlib.import_module(module.name)
            found.append(module.name)
    return found


def examples(readme: Path) -> list[str]:
    """The ```python blocks of a README, joined: together they are one program."""
    return re.findall(r"^```python\n(.*?)^```", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def main(folder: Path) -> int:
    found = modules(folder.name.replace("-", "_"))
    print(f"{folder.name}: imported {len(found)} modules")
    blocks = examples(folder / "README.md")
    if not blocks:
        print(f"{folder / 'README.md'}: no ```python example", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place:
        program = Path(place) / "example.py"
        program.write_text("\n".join(blocks), "utf-8")
        return subprocess.run([sys.executable, str(program)], cwd=place).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
