# -c, -m, -, a script on standard input, a folder, an archive, a script in the path.
import os
import subprocess
import sys
import zipfile

ENVS = [None, {}]
source = open("package/__main__.py").read()
with zipfile.ZipFile("archive.pyz", "w") as archive:
    archive.writestr("__main__.py", "import package.other\nprint(package.other.work('zip'))\n")


def start(*words, text=None):
    for env in ENVS:
        done = subprocess.run(
            [sys.executable, *words], env=env, input=text, capture_output=True, text=True
        )
        print(words, done.returncode, done.stdout, done.stderr)


start("-c", "import package.other; print(package.other.work('c'))")
start("-m", "package", "m")
start("-m", "package.other")
start("-", "word", text="import sys, package.other\nprint(package.other.work('dash'), sys.argv)\n")
start(text="import package.other\nprint(package.other.work('stdin'), __name__)\n")
start("package", "folder")
start("./package/other.py")
start("-c", "raise SystemExit(3)")
start("-m", "no_such_module")
start("no_such_file.py")
try:
    os.environ["PYTHONPATH"] = os.getcwd()
    start("archive.pyz")
finally:
    os.unlink("archive.pyz")
