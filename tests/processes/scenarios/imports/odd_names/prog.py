# Files with odd names and encodings, loaded by path; a script without an ending.
import importlib.machinery
import importlib.util
import runpy


def load(path):
    loader = importlib.machinery.SourceFileLoader("loaded", path)
    spec = importlib.util.spec_from_file_location("loaded", path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


print(load("with space.py").work(1))
print(load("größe – ∆.py").work(2))
print(load("latin.py").TEXT)
print(load("-dash.py").NAME)
print(runpy.run_path("script")["result"])
