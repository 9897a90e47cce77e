# Files with odd names and encodings, loaded by path; a script without an ending.
import importlib.machinery
import importlib.util
import runpy

NAMES = ["with space.py", "größe – ∆.py", "-dash.py", "a'b\"c.py", "new\nline.py", "tab\t.py"]


def load(path):
    loader = importlib.machinery.SourceFileLoader("loaded", path)
    spec = importlib.util.spec_from_file_location("loaded", path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


with open("template.txt") as file:
    text = file.read()
for number, name in enumerate(NAMES):
    with open(name, "w") as file:
        file.write(text)
    print(ascii(name), load(name).work(number))
with open("latin.py", "wb") as file:
    file.write("# coding: latin-1\nTEXT = 'naïve'\n".encode("latin-1"))
print(ascii(load("latin.py").TEXT))
print(runpy.run_path("script")["result"])
