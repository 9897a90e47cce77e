# Environments of every kind: minimal, without PATH, of bytes, a mapping of its own, with a bad one.
import collections
import os
import subprocess
import sys


class Mapping(collections.UserDict):
    pass


def child(name):
    if name == "minimal":
        return 1
    if name == "no PATH":
        return 2
    if name == "bytes":
        return 3
    if name == "mapping":
        return 4
    if name == "encoded":
        return 5
    return 6  # not run


if len(sys.argv) > 1:
    print("child", sys.argv[1], os.environ.get("A"), flush=True)
    sys.exit(child(sys.argv[1]))
without = {name: value for name, value in os.environ.items() if name != "PATH"}
kinds = {
    "minimal": {"PATH": "/usr/bin:/bin", "HOME": "/", "A": "1"},
    "no PATH": {**without, "A": "2"},
    "bytes": {b"A": b"3"},
    "mapping": Mapping({"A": "4"}),
    "encoded": {"A": "5", "B": "\udcff\udcfe", "COVERAGE": "no"},
}
for name, env in kinds.items():
    before = dict(env)
    print(subprocess.run([sys.executable, __file__, name], env=env).returncode, flush=True)
    assert dict(env) == before
for bad in ({"a=b": "c"}, {"a": 5}, {"a\0": "b"}, {5: "b"}):
    try:
        subprocess.run([sys.executable, __file__, "bad"], env=bad)
        print("never")  # not run
    except Exception as problem:
        print(type(problem).__name__, problem)
