# Import hooks of the program: a finder that makes modules up, a loader that changes source.
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys


class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "made_up":
            return importlib.util.spec_from_loader(name, MadeUp())
        if name == "changed":
            loader = Changing(name, os.path.abspath("changed.py"))
            return importlib.util.spec_from_file_location(name, "changed.py", loader=loader)
        return None


class MadeUp(importlib.abc.Loader):
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.value = 42


class Changing(importlib.machinery.SourceFileLoader):
    def get_data(self, path):
        data = super().get_data(path)
        return data.replace(b"VALUE", b"123") if path.endswith(".py") else data  # either

    def path_stats(self, path):
        raise OSError("no compiled files")


with open("changed.py", "w") as file:
    file.write("value = VALUE\nif value == 5:\n    print('never')  # not " + "run\n")
sys.meta_path.insert(0, Finder())
import changed
import made_up

print(made_up.value, changed.value)
try:
    import nowhere_to_be_found
except ImportError as problem:
    print(problem)
