import pathlib

__path__.append(str(pathlib.Path(__path__[0]).parent / "more"))
