# Modules in an archive, and one that is extracted from it.
import sys
import zipfile

with zipfile.ZipFile("archive.zip", "w") as archive:
    archive.write("module.txt", "inside/module.py")
    archive.writestr("inside/__init__.py", "PACKAGE = 1\n")
    archive.writestr("outside.py", "def f():\n    return 'outside'\n")
sys.path.insert(0, "archive.zip")
import inside.module
import outside

print(inside.module.work(1), outside.f(), inside.module.__file__)
with zipfile.ZipFile("archive.zip") as archive:
    archive.extract("outside.py")
sys.path.insert(0, "")
del sys.modules["outside"]
import outside as extracted

print(extracted.f(), extracted.__file__.endswith("outside.py"))
