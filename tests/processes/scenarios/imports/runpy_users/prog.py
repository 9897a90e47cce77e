# runpy.run_path and run_module, of files, folders, modules, archives.
import runpy
import sys
import zipfile

print(runpy.run_path("script.py", {"given": 5}, "my_name")["result"])
print(runpy.run_path("script.py", run_name="__main__")["result"])
print(runpy.run_path("folder")["result"])
print(runpy.run_module("package.module", run_name="__main__", alter_sys=True)["result"])
print(runpy.run_module("package")["result"])
with zipfile.ZipFile("archive.zip", "w") as archive:
    archive.writestr("__main__.py", "result = 'from the archive'\n")
print(runpy.run_path("archive.zip")["result"])
for name in ("no_such_module", "package.nothing"):
    try:
        runpy.run_module(name)
        print("never")  # not run
    except ImportError as problem:
        print(problem)
print(sys.argv[0] == __file__)
